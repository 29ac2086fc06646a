"""The three documents, filled into Word templates with docxtpl."""

from pathlib import Path

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from reading import Block, Workbook, pieces

TEMPLATES = Path(__file__).parent / "templates"
WIDTH_MM = 158


def write_documents(workbook: Workbook, charts: dict[str, Path], out: Path) -> None:
    common = {
        "authority": workbook.programme["Authority"],
        "update": workbook.current,
        "financial_year": workbook.programme["Financial year"],
        "submitted": workbook.submitted,
        "data_as_at": workbook.data_as_at,
    }
    overview = {
        "ceo": workbook.people("CEO"),
        "s151_officer": workbook.people("S151 Officer"),
        "dcs": workbook.people("DCS"),
        "other_contacts": workbook.people("Other"),
        "adviser_support": workbook.text(workbook.programme.get("Specialist adviser support")),
        "plan_questions": workbook.questions("in-year", "end-of-plan"),
        "capital_questions": workbook.questions("capital"),
        "drivers": workbook.headlines("Drivers"),
        "barriers": workbook.headlines("Barriers"),
        "engagement": workbook.headlines("Engagement"),
        "dashboard": workbook.programme.get("Dashboard", ""),
    }
    update = {"conditions": workbook.conditions(), "key": workbook.key()}
    _write("programme-overview.docx", {**common, **overview}, charts, out)
    _write("detailed-update.docx", {**common, **update}, charts, out)
    _write("risk-register.docx", {**common, "risks": workbook.risks()}, charts, out)


def _write(name: str, context: dict, charts: dict[str, Path], out: Path) -> None:
    template = DocxTemplate(TEMPLATES / name)
    template.render(_ready(template, context, charts), autoescape=True)
    template.save(out / name)


def _ready(template: DocxTemplate, value: object, charts: dict[str, Path]) -> object:
    """The context with its blocks as docxtpl places them."""
    match value:
        case dict():
            return {key: _ready(template, each, charts) for key, each in value.items()}
        case list():
            return [_ready(template, each, charts) for each in value]
        case Block(kind="picture", exhibit=exhibit):
            picture = InlineImage(template, str(charts[exhibit.name]), width=Mm(WIDTH_MM))
            return {"kind": "picture", "picture": picture}
        case Block(kind="table", rows=rows):
            return {"kind": "table", "rows": [[_rich(template, cell) for cell in row] for row in rows]}
        case Block(kind=kind, text=text, mark=mark):
            return {"kind": kind, "text": _rich(template, text), "mark": mark}
        case _:
            return value


def _rich(template: DocxTemplate, text: str) -> RichText:
    rich = RichText()
    for words, bold, italic, link in pieces(text):
        if link:
            address = template.build_url_id(link)
            rich.add(words, style="Hyperlink", url_id=address)
        else:
            rich.add(words, bold=bold, italic=italic)
    return rich
