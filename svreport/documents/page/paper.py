"""A page of any pack (`.html`): filled with what the pack's Word templates can place too, and finished."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from svreport.documents.charts import DerivedCharts
from svreport.documents.context import Paper
from svreport.documents.page.fields import FieldWriter
from svreport.documents.page.levels import level_styles
from svreport.documents.page.pictures import Pictures, WrittenPage
from svreport.documents.page.policy import policy
from svreport.figures.page_charts import chart_styles
from svreport.figures.resolved import ResolvedExhibit
from svreport.model.level import LevelScale
from svreport.narrative.page import fill_page, names_in_page, read_page
from svreport.word.fields import Rich
from svreport.word.packaging import Properties
from svreport.word.views import field_names, view

_DRAWING = Path(__file__).with_name("drawing.js")
_SCRIPTS = "chart_scripts"


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page can place besides the paper: `policy`, styles and scripts belong where they are, as they are.

    `content_code` is that of a draft, and empty in a final page.
    """

    title: str
    language: str
    content_code: str
    policy: str
    level_styles: Markup
    chart_styles: Markup
    chart_scripts: Markup


@dataclass(frozen=True, slots=True)
class PageParts:
    """Where a page's charts come from: what each shows, the JSON it is drawn from, and the program that draws."""

    charts: DerivedCharts
    drawing: Callable[[ResolvedExhibit], str]
    runtime: Callable[[], str]


class FilledPage:
    """A page, filled once to be told by what it says and once to be written."""

    def __init__(
        self, template: Path, context: Paper, head: PageHead, scale: LevelScale, parts: PageParts
    ) -> None:
        self._name = template.name
        self._text = read_page(template)
        self._context = context
        self._head = head
        self._scale = scale
        self._parts = parts

    @cached_property
    def signed_digest(self) -> str:
        """The digest of the page without its sign-off, its code, and the program that draws its charts."""
        seen = self._filled(replace(self._context, signed_off=Rich(())), self._head, "", "")
        return sha256(seen.text.encode(errors="replace")).hexdigest()

    def finished(self, properties: Properties, draft_code: str = "") -> bytes:
        """The page as UTF-8, which shows the code of a draft."""
        head = replace(self._head, title=properties.title, content_code=draft_code)
        runtime = self._parts.runtime() if _SCRIPTS in names_in_page(self._name, self._text) else ""
        return self._filled(
            self._context, head, runtime, _DRAWING.read_text("utf-8") if runtime else ""
        ).finished()

    def _filled(self, context: Paper, head: PageHead, *scripts: str) -> WrittenPage:
        levels, charts = level_styles(self._scale), chart_styles()
        running = [script for script in scripts if script]
        head = replace(
            head,
            policy=policy(self._text, levels, charts, scripts=running),
            level_styles=Markup(levels),  # noqa: S704 — class names of our own and colours that were read as such
            chart_styles=Markup(charts),  # noqa: S704 — our own
            chart_scripts=Markup("".join(f"<script>{each}</script>" for each in running)),  # noqa: S704 — our own
        )
        told: dict[str, Any] = {field.name: getattr(head, field.name) for field in fields(PageHead)}
        seen = view(context)
        told |= {name: getattr(seen, name) for name in sorted(field_names(type(context)))}
        pictures = Pictures()
        writer = FieldWriter(self._scale, self._parts.charts.exhibit, self._parts.drawing, pictures)
        return WrittenPage(fill_page(self._name, self._text, told, writer.printed), pictures)


def page_of(
    template: Path, context: Paper, properties: Properties, scale: LevelScale, parts: PageParts
) -> FilledPage:
    """The page of a template. Raises TemplateFault where the template cannot be read."""
    head = PageHead(properties.title, properties.language, "", "", Markup(""), Markup(""), Markup(""))
    return FilledPage(template, context, head, scale, parts)
