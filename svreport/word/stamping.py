"""What tells a draft from a final document: a watermark on every page, and the content code in every footer."""

from lxml import etree

from svreport.word.archive import KIND, WORD_TYPE, Archive
from svreport.word.markup import Element, find, find_all, make, name

_OFFICE = "urn:schemas-microsoft-com:office:office"
_WATERMARK = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="{_OFFICE}">'
    "<w:rPr><w:noProof/></w:rPr><w:pict>"
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="svreportDraft{number}" type="#_x0000_t136" alt="Draft" '
    'style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:150pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="DRAFT"/>'
    "</v:shape></w:pict></w:r>"
)
_SHAPE = "svreportDraft"
_KINDS = {"header": "w:hdr", "footer": "w:ftr"}


def stamp(archive: Archive, code: str) -> None:
    """Marks every page as a draft of the content that the code stands for."""
    for section in archive.body.iter(name("w:sectPr")):
        for what in _KINDS:
            _name_own(archive, section, what)
    for number, part in enumerate(_parts(archive, "header"), 1):
        run = etree.fromstring(_WATERMARK.replace("{number}", str(number)))
        _last_paragraph(archive.tree(part)).append(run)
    for part in _parts(archive, "footer"):
        root = archive.tree(part)
        told = make("w:t")
        told.text = f"DRAFT, content code {code}"
        root.append(make("w:p", {}, _footer_look(root), make("w:r", {}, told)))


def watermarks(archive: Archive) -> list[Element]:
    """The runs of a draft that hold its watermarks, one for each header."""
    return [
        run
        for part in _parts(archive, "header")
        for run in archive.tree(part).iter(name("w:r"))
        if any(each.get("id", "").startswith(_SHAPE) for each in run.iter(name("v:shape")))
    ]


def _parts(archive: Archive, what: str) -> list[str]:
    return sorted(set(archive.related(archive.main, KIND + what)))


def _name_own(archive: Archive, section: Element, what: str) -> None:
    """A section that names no header or footer gets an empty one to carry the mark."""
    named = {each.get(name("w:type"), "default") for each in find_all(section, f"w:{what}Reference")}
    wanted = ["default", *(["first"] if find(section, "w:titlePg") is not None else [])]
    for kind in wanted:
        if kind not in named:
            data = etree.tostring(make(_KINDS[what], {}, make("w:p")))
            part = archive.add(f"word/{what}-draft", "xml", f"{WORD_TYPE}{what}+xml", data)
            number = archive.relate(archive.main, KIND + what, part)
            section.insert(0, make(f"w:{what}Reference", {"w:type": kind, "r:id": number}))


def _last_paragraph(root: Element) -> Element:
    paragraphs = root.findall(name("w:p"))
    if paragraphs:
        return paragraphs[-1]
    made = make("w:p")
    root.append(made)
    return made


def _footer_look(root: Element) -> Element:
    """The paragraph properties of the footer's own words, so that the code stands as they do."""
    properties = find(root, "w:p/w:pPr")
    made = make("w:pPr")
    style = find(properties, "w:pStyle")
    if style is not None:
        made.append(make("w:pStyle", {"w:val": style.get(name("w:val"), "Footer")}))
    return made
