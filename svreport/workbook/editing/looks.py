"""The styles of cells that are added to a person's workbook; those that are there keep their numbers."""

from enum import Enum

from lxml import etree

from svreport.workbook import markup
from svreport.workbook.markup import Element
from svreport.workbook.number_formats import BUILT_IN, NumberFormat

_ORDER = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst".split()
_FACE = "Arial"
_TEXT, _DATE = "@", "d mmmm yyyy"
_FIRST_OWN_FORMAT = 164


class Look(Enum):
    """How a cell of an added sheet looks: its font's size, whether it is bold, the colours of its text and ground
    (empty for none), and whether it has a border.
    """

    TITLE = (16, True, "000000", "", False)
    GUIDANCE = (11, False, "000000", "", False)
    HEADING = (11, True, "FFFFFF", "12436D", True)
    QUIET = (11, False, "383F43", "F3F2F1", True)
    LINK = (11, False, "12436D", "F3F2F1", True)
    PLAIN = (11, False, "000000", "", True)


class Styles:
    """The workbook's part of styles."""

    def __init__(self, root: Element) -> None:
        self.root = root

    @classmethod
    def of_nothing(cls, root: Element) -> "Styles":
        """The least that Excel takes for styles, in a part that is still empty: the one look of every cell."""
        styles = cls(root)
        font = markup.new(root, "font")
        font.append(markup.new(font, "sz", val="11"))
        font.append(markup.new(font, "name", val=_FACE))
        styles._add("fonts", font)
        for pattern in ("none", "gray125"):
            fill = markup.new(root, "fill")
            fill.append(markup.new(fill, "patternFill", patternType=pattern))
            styles._add("fills", fill)
        styles._add("borders", markup.new(root, "border"))
        styles._add("cellXfs", markup.new(root, "xf", numFmtId="0", fontId="0", fillId="0", borderId="0"))
        return styles

    def look(self, look: Look) -> int:
        """The number of the style with that look, added where the workbook has none like it."""
        size, bold, colour, ground, bordered = look.value
        font = markup.new(self.root, "font")
        if bold:
            font.append(markup.new(font, "b"))
        if look is Look.LINK:
            font.append(markup.new(font, "u"))
        font.append(markup.new(font, "sz", val=str(size)))
        font.append(markup.new(font, "color", rgb=f"FF{colour}"))
        font.append(markup.new(font, "name", val=_FACE))
        font.append(markup.new(font, "family", val="2"))
        xf = markup.new(
            self.root,
            "xf",
            numFmtId=str(self._format(_TEXT)),
            fontId=str(self._add("fonts", font)),
            fillId=str(self._ground(ground)),
            borderId=str(self._border(bordered)),
            applyNumberFormat="1",
            applyFont="1",
            applyFill="1",
            applyBorder="1",
            applyAlignment="1",
        )
        if markup.child(self.root, "cellStyleXfs") is not None:
            xf.set("xfId", "0")
        wraps = look not in (Look.TITLE, Look.GUIDANCE)
        vertical = "top" if look in (Look.QUIET, Look.LINK, Look.PLAIN) else "center"
        xf.append(markup.new(xf, "alignment", vertical=vertical, wrapText=str(int(wraps))))
        return self._add("cellXfs", xf)

    def dated(self, style: int) -> int:
        """A style like that one in which a number shows as a date: itself, if it does already."""
        xfs = self._container("cellXfs")
        if not 0 <= style < len(xfs):
            style = 0
        if style < len(xfs) and self._shows_date(xfs[style].get("numFmtId", "0")):
            return style
        bare = markup.new(self.root, "xf", fontId="0", fillId="0", borderId="0")
        xf = etree.fromstring(etree.tostring(xfs[style])) if style < len(xfs) else bare
        xf.set("numFmtId", str(self._format(_DATE)))
        xf.set("applyNumberFormat", "1")
        return self._add("cellXfs", xf)

    def quoted(self, style: int) -> int:
        """A style like that one whose text stays text when it is typed again, as behind Excel's own `'`."""
        xfs = self._container("cellXfs")
        if not 0 <= style < len(xfs):
            return style
        if xfs[style].get("quotePrefix") in ("1", "true"):
            return style
        xf = etree.fromstring(etree.tostring(xfs[style]))
        xf.set("quotePrefix", "1")
        return self._add("cellXfs", xf)

    def _shows_date(self, number: str) -> bool:
        formats = markup.child(self.root, "numFmts")
        held = () if formats is None else formats
        own = {each.get("numFmtId"): each.get("formatCode", "") for each in held}
        code = own.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, "General")
        return NumberFormat(code).is_date

    def _format(self, code: str) -> int:
        if code == _TEXT:
            return next(number for number, each in BUILT_IN.items() if each == code)
        formats = self._container("numFmts")
        used = [_FIRST_OWN_FORMAT - 1]
        for each in formats:
            number = each.get("numFmtId", "")
            if number.isdecimal():
                if each.get("formatCode") == code:
                    return int(number)
                used.append(int(number))
        self._add("numFmts", markup.new(formats, "numFmt", numFmtId=str(max(used) + 1), formatCode=code))
        return max(used) + 1

    def _ground(self, colour: str) -> int:
        fills = self._container("fills")
        # The first two grounds are Excel's own, whatever a file says of them.
        for pattern in ("none", "gray125")[len(fills) :]:
            fill = markup.new(fills, "fill")
            fill.append(markup.new(fill, "patternFill", patternType=pattern))
            fills.append(fill)
        if not colour:
            return 0
        fill = markup.new(fills, "fill")
        pattern_fill = markup.new(fill, "patternFill", patternType="solid")
        pattern_fill.append(markup.new(fill, "fgColor", rgb=f"FF{colour}"))
        pattern_fill.append(markup.new(fill, "bgColor", indexed="64"))
        fill.append(pattern_fill)
        return self._add("fills", fill)

    def _border(self, bordered: bool) -> int:
        border = markup.new(self.root, "border")
        for side in ("left", "right", "top", "bottom"):
            line = markup.new(border, side, style="thin") if bordered else markup.new(border, side)
            if bordered:
                line.append(markup.new(line, "color", rgb="FF505A5F"))
            border.append(line)
        border.append(markup.new(border, "diagonal"))
        return self._add("borders", border)

    def _container(self, name: str) -> Element:
        return markup.child_in_order(self.root, name, _ORDER)

    def _add(self, name: str, made: Element) -> int:
        """The number of an element among its like, of which one that says the same is taken."""
        container = self._container(name)
        wanted = _said(made)
        number = next((at for at, each in enumerate(container) if _said(each) == wanted), len(container))
        if number == len(container):
            container.append(made)
        container.set("count", str(len(container)))
        return number


def _said(element: Element) -> tuple[object, ...]:
    """What an element says, whatever the order of its attributes and the prefixes of its names."""
    inside = tuple(_said(each) for each in element)
    return (
        markup.local(element),
        tuple(sorted((str(key), str(value)) for key, value in element.items())),
        inside,
    )
