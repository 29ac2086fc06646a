"""Pictures in their paragraph: as large as their place and their pixels allow, with the text that stands for them."""

from typing import TYPE_CHECKING

from svreport.narrative.blocks import Picture
from svreport.word.archive import KIND
from svreport.word.characters import held
from svreport.word.markup import NAMESPACES, Element, add
from svreport.word.paragraphs import paragraph_of

if TYPE_CHECKING:
    from svreport.word.writing import Spot

_EMU_PER_TWIP = 635
_TWIPS_PER_INCH = 1440
# Charts are drawn at 200 pixels an inch for the page's full width, and fill a place that is somewhat wider; below
# this a picture would look coarse in print.
_FEWEST_PIXELS_PER_INCH = 144


def picture_paragraph(picture: Picture, spot: "Spot", style: str | None) -> Element:
    """A paragraph that holds the picture alone."""
    pictures = spot.writing.pictures
    number = spot.writing.archive.relate(spot.part, KIND + "image", pictures.part_of(picture))
    pictures.placed += 1
    paragraph = paragraph_of(spot, style)
    width, height = (str(each * _EMU_PER_TWIP) for each in size(picture, spot.width, spot.height))
    inline = add(
        add(add(paragraph, "w:r"), "w:drawing"),
        "wp:inline",
        dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
    )
    add(inline, "wp:extent", {"cx": width, "cy": height})
    add(
        inline,
        "wp:docPr",
        {"id": str(pictures.placed), "name": f"Picture {pictures.placed}", "descr": held(picture.alt_text)},
    )
    add(add(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noChangeAspect": "1"})
    graphic = add(add(inline, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
    pic = add(graphic, "pic:pic")
    about = add(pic, "pic:nvPicPr")
    add(about, "pic:cNvPr", {"id": "0", "name": held(picture.name)})
    add(about, "pic:cNvPicPr")
    fill = add(pic, "pic:blipFill")
    add(fill, "a:blip", {"r:embed": number})
    add(add(fill, "a:stretch"), "a:fillRect")
    shape = add(pic, "pic:spPr")
    frame = add(shape, "a:xfrm")
    add(frame, "a:off", {"x": "0", "y": "0"})
    add(frame, "a:ext", {"cx": width, "cy": height})
    add(add(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")
    return paragraph


def size(picture: Picture, width: int, height: int) -> tuple[int, int]:
    """How large the picture is drawn, in twips, in a place that leaves this much room."""
    natural = picture.width * _TWIPS_PER_INCH / _FEWEST_PIXELS_PER_INCH
    tall = natural * picture.height / picture.width
    scale = min(1.0, width / natural, height / tall)
    return max(round(natural * scale), 1), max(round(tall * scale), 1)
