"""The fields of a paper as HTML: texts, levels, links and charts, every word of the workbook escaped."""

from collections.abc import Callable

from markupsafe import Markup, escape

from svreport.documents.page.blocks import BlockWriter
from svreport.documents.page.levels import level_class
from svreport.documents.page.pictures import Pictures
from svreport.errors import TemplateFault
from svreport.figures.alt_text import alt_text
from svreport.figures.layout import exhibit_blocks
from svreport.figures.resolved import ResolvedExhibit
from svreport.model.level import Level, LevelScale
from svreport.word.fields import Chart, Link, Rich, Shade, Stack
from svreport.word.views import placed
from svreport.word.writing import safe_address

_NOT_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class FieldWriter:
    """Writes what a page's tags print; charts and pictures are numbered in their order on it.

    `exhibit` gives a chart by its name, `drawing` the JSON that a browser draws it from.
    """

    def __init__(
        self,
        scale: LevelScale,
        exhibit: Callable[[str], ResolvedExhibit],
        drawing: Callable[[ResolvedExhibit], str],
        pictures: Pictures,
    ) -> None:
        self._scale = scale
        self._exhibit = exhibit
        self._drawing = drawing
        self._pictures = pictures
        self._charts = 0

    def printed(self, value: object) -> object:
        """What a tag prints for a value; raises TemplateFault for one that has no words."""
        match placed(value):
            case Rich(blocks=blocks):
                return BlockWriter((), self._pictures).html(blocks)
            case Stack() as stack:
                return self._stack(stack)
            case Shade(level=level):
                return self._level(level)
            case Link(text=text, target=target):
                address = safe_address(target) if target else None
                return Markup('<a href="{}">{}</a>').format(address, text) if address else escape(text)
            case Chart() as chart:
                return self._chart(chart)
        if value is None or isinstance(value, tuple | list | bool):
            raise TemplateFault("a tag prints what is no text: a list, an empty value, or yes and no.")
        return value

    def _stack(self, stack: Stack) -> Markup:
        made = Markup("")
        for step in stack.steps:
            label = Markup('<span class="update">{}</span> ').format(step.label) if step.label else Markup("")
            if step.level is not None:
                made += label + self._level(step.level)
            elif step.mark:
                made += label + Markup('<strong class="fault">{}</strong>').format(step.mark)
            else:
                made += label
        return made

    def _level(self, level: Level) -> Markup:
        return Markup('<span class="level {}">{}</span>').format(level_class(level, self._scale), level.name)

    def _chart(self, chart: Chart) -> Markup:
        """The place of a drawing with the words that stand for it, which alone are there where no script runs."""
        if not chart.name:
            return Markup("")
        exhibit = self._exhibit(chart.name)
        made = Markup("")
        if exhibit.is_drawn:
            self._charts += 1
            number = f"chart-{self._charts}"
            words = alt_text(exhibit)
            data = Markup(self._drawing(exhibit).translate(_NOT_IN_SCRIPT))  # noqa: S704 — nothing in it ends the script
            made += Markup(
                '<figure class="chart"><div class="drawing" role="img" aria-label="{}" data-drawing="{}"><p>{}</p>'
                '</div><script type="application/json" id="{}">{}</script></figure>'
            ).format(words, number, words, number, data)
        marks = exhibit_blocks(exhibit, None)
        return made + (BlockWriter((), self._pictures).html(marks) if marks else Markup(""))
