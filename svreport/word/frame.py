"""The frame of a document: a template's tags filled by docxtpl, with a placeholder for what is laid out afterwards."""

import io
import re
import sys
from typing import TYPE_CHECKING, Any

from lxml import etree

from svreport.errors import TemplateFault
from svreport.word.archive import Archive
from svreport.word.characters import escaped
from svreport.word.fields import Chart, Rich
from svreport.word.references import Named, NumberOf
from svreport.word.shortening import Shortened
from svreport.word.views import Placed, field_names, placed, view

if TYPE_CHECKING:
    from svreport.narrative.sandbox import Sandbox

PLACEHOLDER = "place"
"""The element that stands for a field until it is laid out; its `number` counts the fields."""

REFERENCES: dict[str, type[Named] | type[NumberOf]] = {"named": Named, "number_of": NumberOf}
"""Filters that name the paragraph they stand in, and give the number of the paragraph of a name."""

FILTERS = ("upper", "lower", "capitalize", "trim", "length", "first", "last", *REFERENCES)

# Word may put elements between a tag's two braces.
_TAGS = re.compile(rb"\{(?:<[^>]*>)*[{%].*?[}%](?:<[^>]*>)*\}", re.DOTALL)


def environment() -> "Sandbox":
    """Jinja's sandbox with the few filters that a document's tags can use."""
    from jinja2.filters import FILTERS as ALL_FILTERS

    from svreport.narrative.sandbox import Sandbox

    return Sandbox(
        "word", {each: _reference(each) if each in REFERENCES else ALL_FILTERS[each] for each in FILTERS}
    )


def _reference(name: str) -> Any:
    """One of `REFERENCES` as a filter; one that asks for the context is not worked out before the filling."""
    from jinja2 import pass_context

    @pass_context
    def reference(context: Any, text: object) -> Named | NumberOf:
        return REFERENCES[name](str(text))

    return reference


def fill(archive: Archive, context: object, name: str) -> list[Placed | Named | NumberOf]:
    """Fills the tags of a template's parts, and gives the fields that their placeholders stand for.

    Raises TemplateFault, with the paragraph, for what could not be filled; `name` is the file's.
    """
    from docxtpl import DocxTemplate
    from jinja2 import Undefined
    from markupsafe import Markup

    fields: list[Placed | Named | NumberOf] = []

    def printed(value: object) -> Markup:
        if isinstance(value, Undefined):
            raise TypeError(f"{value._undefined_name!r} is not there")
        found = value if isinstance(value, Named | NumberOf) else placed(value)
        field = Rich(found.draw()) if isinstance(found, Chart) else found
        if field is not None:
            fields.append(field)
            return Markup(f'<{PLACEHOLDER} number="{len(fields) - 1}"/>')  # noqa: S704 — a number of our own
        if isinstance(value, str | int) and not isinstance(value, bool):
            return Markup(escaped(str(value)))  # noqa: S704 — escaped
        raise TypeError(f"{_told(value)} has no text to print")

    class Frame(DocxTemplate):  # type: ignore[misc] # docxtpl ships no types
        """docxtpl without the meanings that it gives to characters of text, and strict about what comes out."""

        def patch_xml(self, src_xml: str) -> str:
            self.shortened = Shortened(src_xml)
            patched: str = super().patch_xml(self.shortened.xml)
            return patched

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            try:
                filled = self.shortened.whole(super().render_xml_part(src_xml, part, context, jinja_env))
                etree.fromstring(filled, etree.XMLParser(resolve_entities=False))
            except Exception as fault:
                raise TemplateFault(_located(fault, src_xml, name)) from None
            return filled

        def resolve_listing(self, xml: str) -> str:
            return xml

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            return None

    made = environment()
    made.finalize = printed
    frame = Frame(io.BytesIO(archive.to_bytes(unfinished=True)))
    seen = view(context)
    # Some fields take long to make: those that no tag names stay unmade.
    written = b"".join(archive.parts[part] for _, part in archive.stories())
    words = set(re.findall(rb"\w+", b" ".join(_TAGS.findall(written))))
    named = [each for each in sorted(field_names(type(context))) if each.encode() in words]
    frame.render({each: getattr(seen, each) for each in named}, made, autoescape=True)
    filled = {str(part.partname).lstrip("/"): part for part in frame.docx.part.package.iter_parts()}
    for _, part in archive.stories():
        archive.put(part, archive.types[part], filled[part].blob)
    return fields


def _told(value: object) -> str:
    return "an empty value" if value is None else "a list" if isinstance(value, tuple) else "this"


def _located(fault: Exception, source: str, name: str) -> str:
    """One sentence with the words of the paragraph: the line that Jinja was at counts the paragraphs of the source."""
    line = getattr(fault, "lineno", None)
    trace = fault.__traceback__ or sys.exc_info()[2]
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source).split("\n")
    words = re.sub(r"<[^>]+>", "", lines[line - 1]).strip() if line and line <= len(lines) else ""
    where = f", at “{words[:80]}”" if words else ""
    told = str(fault) or type(fault).__name__
    return (
        f"{name} could not be filled{where}: {told}. Mend the tag in Word; `svreport packs check` tells more."
    )
