"""A chart's picture before it is drawn: what it shows and how large it is are known, its bytes are waited for."""

import struct
from collections.abc import Callable
from hashlib import sha256

from svreport.narrative.blocks import Picture


class Coming:
    """Gives a chart's PNG, and waits for it where it is still being drawn.

    `key` stands for the bytes, `shows` for what a reader sees; `width` and `height` are in pixels. Calling it raises
    `ChartsNotDrawn` where there is no picture to be had.
    """

    __slots__ = ("_drawn", "height", "key", "shows", "width")

    def __init__(self, key: str, shows: str, size: tuple[int, int], drawn: Callable[[str], bytes]) -> None:
        self.key = key
        self.shows = shows
        self.width, self.height = size
        self._drawn = drawn

    @classmethod
    def of(cls, png: bytes) -> "Coming":
        """A picture that is there: its size is in the header's fixed place."""
        width, height = struct.unpack(">II", png[16:24])
        return cls("", sha256(png).hexdigest(), (width, height), lambda _: png)

    def there(self) -> "Coming":
        """The same once it is drawn: nothing else that draws has to be at hand."""
        png = self()
        return Coming("", self.shows, (self.width, self.height), lambda _: png)

    def __call__(self) -> bytes:
        return self._drawn(self.key)


class ComingPicture(Picture):
    """Stands in documents like any other picture."""

    __slots__ = ("_coming",)

    _coming: Coming

    def __init__(self, coming: Coming, alt_text: str, name: str) -> None:
        for attribute, value in (("_coming", coming), ("alt_text", alt_text), ("name", name)):
            object.__setattr__(self, attribute, value)

    @property
    def data(self) -> bytes:
        return self._coming()

    @property
    def width(self) -> int:
        return self._coming.width

    @property
    def height(self) -> int:
        return self._coming.height

    @property
    def key(self) -> str:
        return self._coming.key

    @property
    def shows(self) -> str:
        return self._coming.shows
