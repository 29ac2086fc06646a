"""The draft's watermark as a drawing: LibreOffice gives Word's own kind no alt text in a PDF."""

from lxml import etree

from svreport.word.markup import NAMESPACES, Element

# Letters on a ground of 3333 by 716, each the outline and what is cut out of it: M moves, L draws, C bends, Z closes.
_WIDE, _HIGH = 3333, 716
_LETTERS = (
    "M80,0 L330,0 C560,0 680,140 680,358 C680,576 560,716 330,716 L80,716 Z "
    "M175,85 L175,631 L322,631 C500,631 583,530 583,358 C583,186 500,85 322,85 Z",
    "M802,0 L1142,0 C1292,0 1367,75 1367,200 C1367,310 1302,375 1187,395 L1412,716 L1297,716 L1092,405 L897,405 "
    "L897,716 L802,716 Z M897,82 L897,325 L1130,325 C1227,325 1270,280 1270,203 C1270,125 1227,82 1130,82 Z",
    "M1719,0 L1836,0 L2104,716 L1999,716 L1924,510 L1624,510 L1551,716 L1448,716 Z "
    "M1777,85 L1654,430 L1896,430 Z",
    "M2191,0 L2681,0 L2681,85 L2286,85 L2286,320 L2616,320 L2616,405 L2286,405 L2286,716 L2191,716 Z",
    "M2742,0 L3312,0 L3312,85 L3075,85 L3075,716 L2980,716 L2980,85 L2742,85 Z",
)
_TAGS = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo", "Z": "close"}
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_POINT = 12700


def drawn_watermark(number: int) -> Element:
    """The run that draws DRAFT across the middle of a page, as large and light as Word's own; `number` is its own."""
    size = f'cx="{440 * _POINT}" cy="{150 * _POINT}"'
    namespaces = " ".join(f'xmlns:{each}="{NAMESPACES[each]}"' for each in ("w", "wp", "a"))
    return etree.fromstring(
        f'<w:r {namespaces} xmlns:wps="{_SHAPE}"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="0" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>center</wp:align></wp:positionV>'
        f"<wp:extent {size}/><wp:wrapNone/>"
        f'<wp:docPr id="{900_000 + number}" name="Draft {number}" descr="Draft"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr/>'
        f'<wps:spPr><a:xfrm rot="18900000"><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{_WIDE}" h="{_HIGH}">{"".join(map(_drawn, _LETTERS))}</a:path></a:pathLst></a:custGeom>'
        '<a:solidFill><a:srgbClr val="D9D9D9"><a:alpha val="50000"/></a:srgbClr></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )


def _drawn(letter: str) -> str:
    """`M80,0 L330,0 Z` as DrawingML's path."""
    told, open_tag = [], ""
    for step in letter.split():
        if step[0].isalpha():
            if open_tag:
                told.append(f"</a:{open_tag}>")
            open_tag = _TAGS[step[0]]
            told.append(f"<a:{open_tag}>")
        if step != "Z":
            x, y = step.lstrip("MLC").split(",")
            told.append(f'<a:pt x="{x}" y="{y}"/>')
    return "".join([*told, f"</a:{open_tag}>"])
