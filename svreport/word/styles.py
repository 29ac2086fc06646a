"""The styles of a template: which ones svreport uses, how one is found, and what a style amounts to."""

from dataclasses import dataclass
from functools import cache

from svreport.word.archive import Archive
from svreport.word.markup import Element, find, find_all, is_on, make, name, put, value

# Every style that is used, by its name in Word. The office may change how each looks; where one is missing, the next
# in its row is taken, and after the last the style of the paragraph that holds the tag, with plain formatting.
TEXT = ("Body Text",)
BULLETS = ("List Bullet", "List Paragraph")
NUMBERS = ("List Number", "List Paragraph")
DATA_TABLE = ("Data Table", "Table Grid")
TABLE_HEADING = ("Table Heading",)
TABLE_TEXT = ("Table Text",)
FIGURE = ("Figure",)
LEVEL_LABEL = ("Level Label",)
LEVEL = ("Level",)
LINK = ("Hyperlink",)
MARK = ("Finding Mark",)


@dataclass(frozen=True, slots=True)
class Look:
    """How text comes out: size in points, font (None where no style says), colours as `RRGGBB` (None: automatic)."""

    size: float
    font: str | None
    colour: str | None
    fill: str | None


class Styles:
    """The styles part of a file."""

    def __init__(self, archive: Archive) -> None:
        part = archive.part_of("styles")
        self.root: Element = make("w:styles") if part is None else archive.tree(part)
        theme = archive.part_of("theme")
        self._theme: Element | None = None if theme is None else archive.tree(theme)
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, str] = {}
        self._chains: dict[str | None, list[Element]] = {}
        self._switches: dict[tuple[str | None, ...], bool] = {}
        for style in find_all(self.root, "w:style"):
            self.learn(style)

    def learn(self, style: Element) -> None:
        """Knows a style from now on."""
        self._chains.clear()
        self._switches.clear()
        kind, number = style.get(name("w:type"), "paragraph"), style.get(name("w:styleId"), "")
        self._by_id[number] = style
        self._by_name.setdefault((kind, (value(style, "w:name") or number).casefold()), number)
        if style.get(name("w:default")) in ("1", "true", "on"):
            self._defaults[kind] = number

    def number_of(self, style: str | None) -> str | None:
        """The list that a paragraph style numbers its paragraphs in, None for a style without numbers."""
        return next(
            (told for each in self.chain(style) if (told := value(each, "w:pPr/w:numPr/w:numId"))), None
        )

    def is_list(self, style: str | None) -> bool:
        """Whether it is one of Word's own styles of lists, such as List Bullet."""
        return any((value(each, "w:name") or "").casefold().startswith("list ") for each in self.chain(style))

    def find(self, names: tuple[str, ...], kind: str = "paragraph") -> str | None:
        """The id of the first of these styles that the file has, or None."""
        return next(
            (
                self._by_name[kind, each.casefold()]
                for each in names
                if (kind, each.casefold()) in self._by_name
            ),
            None,
        )

    def default(self, kind: str = "paragraph") -> str | None:
        """The id of the style that everything of a kind has when it names none."""
        return self._defaults.get(kind)

    def style(self, number: str | None) -> Element | None:
        return self._by_id.get(number or "")

    def name_of(self, number: str | None) -> str:
        """A style's name as Word shows it, or its id where the file does not define it."""
        return value(self.style(number), "w:name") or number or ""

    def chain(self, number: str | None) -> list[Element]:
        """The style and those that it is based on, the nearest first."""
        if number not in self._chains:
            found: list[Element] = []
            style = self.style(number)
            while style is not None and style not in found:
                found.append(style)
                style = self.style(value(style, "w:basedOn"))
            self._chains[number] = found
        return self._chains[number]

    def is_on(self, switch: str, *numbers: str | None) -> bool:
        """Whether the first of these styles, with those that they are based on, that speaks of a switch turns it on."""
        asked = (switch, *numbers)
        if asked not in self._switches:
            layers = (style for number in numbers for style in self.chain(number))
            told = next((layer for layer in layers if find(layer, f"w:rPr/{switch}") is not None), None)
            self._switches[asked] = told is not None and is_on(find(told, "w:rPr"), switch)
        return self._switches[asked]

    def heading_level(self, number: str | None) -> int | None:
        """1 for `Heading 1` and what is based on it, 0 for `Title`, None for text."""
        for style in self.chain(number):
            told = (value(style, "w:name") or "").casefold()
            if told == "title":
                return 0
            if told.startswith("heading ") and told[8:].isdigit():
                return int(told[8:])
            outline = value(style, "w:pPr/w:outlineLvl")
            if outline is not None and outline.isdigit() and int(outline) < 9:
                return int(outline) + 1
        return None

    def look(self, paragraph: str | None, run: Element | None = None) -> Look:
        """How a run with these properties comes out in a paragraph of that style; table styles are left aside."""
        layers = [find(style, "w:rPr") for style in self.chain(value(run, "w:rStyle"))]
        layers += [find(style, "w:rPr") for style in self.chain(paragraph or self.default())]
        layers.append(find(self.root, "w:docDefaults/w:rPrDefault/w:rPr"))
        layers.insert(0, run)
        told = [layer for layer in layers if layer is not None]
        size = next((each for layer in told if (each := value(layer, "w:sz"))), "20")
        colour = next((each for layer in told if (each := value(layer, "w:color"))), "auto")
        fill = next((each for layer in told if (each := value(layer, "w:shd", "w:fill"))), "auto")
        return Look(int(size) / 2, self._font(told), _plain(colour), _plain(fill))

    def _font(self, layers: list[Element]) -> str | None:
        for layer in layers:
            themed = value(layer, "w:rFonts", "w:asciiTheme")
            if themed is not None and self._theme is not None:
                which = "majorFont" if themed.startswith("major") else "minorFont"
                return value(self._theme, f".//a:{which}/a:latin", "typeface")
            plain = value(layer, "w:rFonts", "w:ascii")
            if plain is not None:
                return plain
        return None

    def is_bold(self, paragraph: str | None) -> bool:
        """True where a paragraph style makes its text bold."""
        return any(is_on(find(style, "w:rPr"), "w:b") for style in self.chain(paragraph))

    def add(self, style: Element) -> None:
        """One more style, known from now on."""
        self.root.append(style)
        self.learn(style)

    def link(self) -> str:
        """The id of the character style of links, made in plain web colours where the template has none."""
        found = self.find(LINK, "character")
        if found is None:
            style = make(
                "w:style",
                {"w:type": "character", "w:styleId": "Hyperlink"},
                make("w:name", {"w:val": "Hyperlink"}),
            )
            style.append(run := make("w:rPr"))
            put(run, "w:color", {"w:val": "0B4C8C"})
            put(run, "w:u", {"w:val": "single"})
            self.add(style)
            found = "Hyperlink"
        return found


def _plain(colour: str) -> str | None:
    return None if colour in ("auto", "") else colour.upper()


@cache
def is_sans_serif(font: str) -> bool:
    """True for the families without serifs that council templates use; unknown ones count as unsuitable."""
    known = (
        "arial", "aptos", "atkinson", "avenir", "calibri", "candara", "corbel", "dejavu sans", "gill sans", "helvetica",
        "inter", "lato", "liberation sans", "lucida sans", "montserrat", "myriad", "noto sans", "open sans", "roboto",
        "segoe ui", "source sans", "tahoma", "trebuchet", "ubuntu", "verdana", "carlito",
    )  # fmt: skip
    return font.casefold().startswith(known)
