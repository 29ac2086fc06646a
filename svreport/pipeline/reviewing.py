"""Review: the return as its S151 officer reads it before signing, as a document, a page and data."""

from collections.abc import Mapping
from dataclasses import dataclass

from svreport.documents.page.page import review_html
from svreport.documents.page.pictures import WrittenPage
from svreport.documents.review_pack.data import review_json
from svreport.documents.review_pack.document import review_pack
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.narrative.blocks import Block
from svreport.packs.declared import TITLE_FIELDS, titled
from svreport.packs.loading import Pack, shipped_packs
from svreport.pipeline.examining import Examined

DATA = ".json"


def begin_review(examined: Examined, exhibits: Mapping[str, tuple[Block, ...]]) -> Reviewed:
    """The review before there is a content code: what takes long of it is worked out while charts are drawn.

    `exhibits` holds each exhibit's blocks under its name's key.
    """
    reviewed = Reviewed(examined.material, examined.findings, exhibits, code="")
    _ = reviewed.numbers
    return reviewed


@dataclass(frozen=True, slots=True)
class ReviewFiles:
    """The files of a review under their names; its pages lack their pictures until they are finished."""

    made: Mapping[str, bytes | WrittenPage]

    def finished(self) -> dict[str, bytes]:
        """Every file; waits for charts that are still being drawn."""
        return {
            name: each if isinstance(each, bytes) else each.finished() for name, each in self.made.items()
        }


def review_files(reviewed: Reviewed, pack: Pack) -> ReviewFiles:
    """The files of the review pack under their names, which begin as the pack says.

    A pack without templates of a review takes those of the first that comes with svreport and has some. Raises
    TemplateFault with every fault of their tags.
    """
    from svreport.pipeline.sound import open_and_fill
    from svreport.word.packaging import Properties

    with_review = pack if pack.reviews else next(each for each in shipped_packs() if each.reviews)
    context = review_pack(reviewed, pack.title)
    fields = {name: str(getattr(context, name)) for name in TITLE_FIELDS}
    update = reviewed.update
    date = update.submitted.value or update.data_as_at.value if update else None
    files: dict[str, bytes | WrittenPage] = {f"{pack.review}{DATA}": review_json(reviewed)}
    for document in with_review.reviews:
        title = titled(document.title, fields)
        if not pack.reviews:
            title = f"{pack.title}: {title[:1].lower()}{title[1:]}"
        output = document.output if pack.reviews else f"{pack.review}{document.template.suffix}"
        if document.is_page:
            files[output] = review_html(reviewed, document.template, title, with_review.language)
            continue
        properties = Properties(title, context.authority, with_review.language, date)
        _, filled = open_and_fill(document.template, with_review, context)
        files[output] = filled.finished(properties)
    return ReviewFiles(files)
