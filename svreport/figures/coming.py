"""A chart's picture before it is drawn: whoever asks for its bytes or its size waits for it."""

import struct
from collections.abc import Callable
from hashlib import sha256

from svreport.narrative.blocks import Picture


class ComingPicture(Picture):
    """Stands in documents like any other picture."""

    __slots__ = ("_drawn",)

    _drawn: Callable[[], bytes]

    def __init__(self, drawn: Callable[[], bytes], alt_text: str, name: str) -> None:
        for attribute, value in (("_drawn", drawn), ("alt_text", alt_text), ("name", name)):
            object.__setattr__(self, attribute, value)

    @property
    def data(self) -> bytes:
        return self._drawn()

    @property
    def width(self) -> int:
        return self._size[0]

    @property
    def height(self) -> int:
        return self._size[1]

    @property
    def identity(self) -> str:
        """Stands for the bytes, without waiting for them where what draws them can be named."""
        return str(getattr(self._drawn, "key", "")) or sha256(self.data).hexdigest()

    @property
    def _size(self) -> tuple[int, int]:
        """Width and height in pixels, from the header's fixed place."""
        width, height = struct.unpack(">II", self.data[16:24])
        return width, height
