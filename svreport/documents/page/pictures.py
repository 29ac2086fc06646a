"""The pictures of a page, put into it when everything else of it is written: they may still have to be drawn."""

import base64
import re
from dataclasses import dataclass, field

from markupsafe import escape

from svreport.narrative.blocks import Picture

_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
# No text of a workbook can write this: its quotation marks and angle brackets are escaped.
_BEFORE = '<img src="'
_PLACE = "picture:"


@dataclass(slots=True)
class Pictures:
    """The pictures that a page holds already, by what they show: one that is placed again is led back to."""

    placed: dict[str, tuple[str, Picture]] = field(default_factory=dict)

    def html(self, picture: Picture) -> str:
        """The picture's place on the page, named by what it shows."""
        if picture.shows in self.placed:
            known, _ = self.placed[picture.shows]
            return f'<p>The picture <a href="#{known}">{escape(picture.name)}</a> stands here again.</p>'
        number = f"picture-{len(self.placed) + 1}"
        self.placed[picture.shows] = number, picture
        return (
            f'<figure id="{number}">{_BEFORE}{_PLACE}{picture.shows}" alt="{escape(picture.alt_text)}" '
            f'width="{picture.width}" height="{picture.height}"></figure>'
        )

    def put_into(self, page: str) -> bytes:
        """The page as UTF-8 with each picture in its place; waits for those that are still being drawn."""
        first, *places = re.split(f'(?<={_BEFORE}){_PLACE}([^"<]*)(?=")', page)
        written = [first.encode(errors="replace")]
        for shows, following in zip(places[::2], places[1::2], strict=True):
            placed = self.placed.get(shows)
            written.append(_address(placed[1].data) if placed else f"{_PLACE}{shows}".encode())
            written.append(following.encode(errors="replace"))
        return b"".join(written)


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page whose pictures are still to be put in."""

    text: str
    pictures: Pictures

    def finished(self) -> bytes:
        """The page as UTF-8."""
        return self.pictures.put_into(self.text)


def _address(data: bytes) -> bytes:
    kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "")
    return f"data:{kind};base64,".encode() + base64.b64encode(data)
