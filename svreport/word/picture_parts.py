"""The parts of a file that hold its pictures: each picture once, those that are still being drawn by their keys."""

from collections.abc import Mapping

from svreport.narrative.blocks import Picture
from svreport.word.archive import Archive

_PNG = b"\x89PNG\r\n\x1a\n"
_IMAGE_PNG = "image/png"
_LATE = b"svreport's chart "


class Pictures:
    """The pictures of a file; one that is placed often is kept once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.placed = 0

    def part_of(self, picture: Picture) -> str:
        """The name of the part that holds this picture, now or once it is drawn."""
        if picture.key:
            part = self._part_with(_LATE + picture.key.encode(), "png")
            self._archive.late[part] = picture
            return part
        return self._part_with(picture.data, "png" if picture.data.startswith(_PNG) else "jpeg")

    def _part_with(self, data: bytes, ending: str) -> str:
        kind = f"image/{ending}"
        return self._archive.same_part(kind, data) or self._archive.add(
            "word/media/image", ending, kind, data
        )


def take_late(archive: Archive, pictures: Mapping[str, Picture]) -> None:
    """Gives a file that was written without its late pictures those with their keys."""
    for part, data in archive.parts.items():
        if data.startswith(_LATE) and archive.types[part] == _IMAGE_PNG:
            picture = pictures.get(data.removeprefix(_LATE).decode("ascii", "replace"))
            if picture:
                archive.late[part] = picture
