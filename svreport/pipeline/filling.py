"""The documents of a pack: filled, coded by what they say, and finished as drafts or finals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from svreport.documents.context import Paper, Return
from svreport.documents.page.paper import PageParts, page_of
from svreport.documents.papers import paper_context
from svreport.documents.signing import content_code
from svreport.model.finding import Finding
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block
from svreport.packs.declared import TITLE_FIELDS, WORD, FilledDocument, JoinedDocument, titled
from svreport.packs.loading import Pack
from svreport.pipeline.charting import charts_for_pages
from svreport.pipeline.examining import Examined
from svreport.pipeline.keeping import filled_or_kept
from svreport.word.joining import join
from svreport.word.packaging import Properties


class Filled(Protocol):
    """A filled document: what it says can be told before it is marked as a draft, or not."""

    @property
    def signed_digest(self) -> str:
        """The digest of all that a reader sees of it but the sign-off."""

    def finished(self, properties: Properties, draft_code: str = "") -> bytes:
        """The file: a draft of the content code, or final where there is none; to be asked for once."""


@dataclass(frozen=True, slots=True)
class FilledReturn:
    """A return's documents, filled and not yet finished; `code` stands for what their readers see.

    The documents of `pack` have their file names; `findings` are those of its Excel forms.
    """

    pack: Pack
    context: Return
    filled: Mapping[str, Filled]
    code: str
    properties: Mapping[str, Properties]
    findings: tuple[Finding, ...] = ()

    def finished(self, *, draft: bool) -> dict[str, bytes]:
        """Each document under its file name, in the pack's order; to be asked for once."""
        made: dict[str, bytes] = {}
        for document in self.pack.documents:
            properties = self.properties[document.output]
            if isinstance(document, JoinedDocument):
                made[document.output] = join([made[part.output] for part in document.parts], properties)
            elif document.output in self.filled:
                filled = self.filled[document.output]
                made[document.output] = filled.finished(properties, self.code if draft else "")
        return made


def fill_return(
    examined: Examined,
    pack: Pack,
    exhibits: Mapping[str, tuple[Block, ...]],
    parts: PageParts | None = None,
) -> FilledReturn:
    """Fills the pack's templates with the return. Raises `TemplateFault` with every fault of their tags.

    `parts` draws what needs no exhibit, as the user's cache has it if nothing else is said.
    """
    parts = parts or charts_for_pages(examined)
    previous = examined.material.previous
    before = previous.submission if previous else None
    context = paper_context(examined.facts, examined.texts, exhibits, pack.sheets, parts.charts, before)
    forms: Mapping[str, Filled] = {}
    findings: tuple[Finding, ...] = ()
    if pack.has_forms:
        from svreport.pipeline.forms import fill_forms

        made = fill_forms(examined, pack)
        pack, forms, findings = made.pack, made.filled, made.findings
    fields = {name: str(getattr(context, name)) for name in TITLE_FIELDS}
    properties = {
        document.output: _properties(examined.submission, titled(document.title, fields), context, pack)
        for document in pack.documents
    }
    filled = {
        document.output: forms.get(document.output)
        or _filled(document, pack, context, properties[document.output], examined, parts)
        for document in pack.documents
        if isinstance(document, FilledDocument)
    }
    code = content_code(f"{output} {each.signed_digest}" for output, each in filled.items())
    return FilledReturn(pack, context, filled, code, properties, findings)


def _filled(
    document: FilledDocument,
    pack: Pack,
    context: Paper,
    properties: Properties,
    examined: Examined,
    parts: PageParts,
) -> Filled:
    if document.kind == WORD:
        return filled_or_kept(document, pack, context)
    scale = examined.submission.scale
    return page_of(document.template, context, properties, scale, parts)


def _properties(submission: Submission, title: str, context: Return, pack: Pack) -> Properties:
    """A file's own dates are the return's: when it was submitted, or else what its data is as at."""
    update = submission.updates[submission.current] if submission.current is not None else None
    date = update.submitted.value or update.data_as_at.value if update else None
    return Properties(title, context.authority, pack.language, date)
