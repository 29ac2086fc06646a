"""A Word template of a pack: checked, and filled with a context."""

import io
import re
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from svreport.errors import FormUnreadable, TemplateFault
from svreport.narrative.blocks import Picture
from svreport.word.archive import Archive
from svreport.word.checking import TagFault, faults_of
from svreport.word.digest import digest_of_signed
from svreport.word.drafts.naming import drop_marks, name_marks
from svreport.word.frame import environment, fill
from svreport.word.opening import read_word, word_bytes
from svreport.word.packaging import Properties, finish
from svreport.word.picture_parts import take_late
from svreport.word.placing import place
from svreport.word.stamping import stamp
from svreport.word.switches import plain_switches
from svreport.word.tags import Tags, prepare
from svreport.word.views import field_names

_DOCUMENT = "wordprocessingml.document.main+xml"


class Template:
    """One `.docx` file with Jinja tags."""

    def __init__(self, name: str, archive: Archive, digest: str) -> None:
        """`digest` is that of the file's bytes."""
        self.name = name
        self.digest = digest
        plain_switches(archive)
        self._tags: list[Tags] = prepare(archive)
        self._archive = archive.copy()
        self._checked: dict[type, list[TagFault]] = {}

    @classmethod
    def open(cls, path: Path) -> "Template":
        """The template at a path. Raises TemplateFault, in one sentence, for what is no Word document."""
        try:
            data = word_bytes(path)
            archive = read_word(data, str(path))
        except FormUnreadable as fault:
            raise TemplateFault(str(fault)) from None
        if not archive.types[archive.main].endswith(_DOCUMENT):
            raise TemplateFault(
                f"{path} is a Word template or holds macros: save it as a plain Word document (.docx)."
            )
        return cls(path.name, archive, sha256(data).hexdigest())

    def faults(self, context_type: type) -> list[TagFault]:
        """Every fault of the tags, for contexts of this dataclass; an empty list when the template can be filled."""
        if context_type not in self._checked:
            self._checked[context_type] = faults_of(self.name, self._tags, context_type, environment())
        return list(self._checked[context_type])

    def take_as_sound(self, context_type: type) -> None:
        """Takes the tags as without fault: for a template whose very bytes were checked before."""
        self._checked[context_type] = []

    def fields(self, context_type: type) -> list[str]:
        """The fields of the context that the tags can read, by their names: at least those that they do."""
        return sorted(self._words & field_names(context_type))

    @property
    def places_charts(self) -> bool:
        """Whether a tag may place a chart that is drawn only where it is placed: each is a field `…chart`."""
        return any(word.endswith("chart") for word in self._words)

    @property
    def _words(self) -> set[str]:
        written = (tag.inside for tags in self._tags for tag in tags.found)
        return {word for inside in written for word in re.findall(r"\w+", inside)}

    def render(self, context: object, properties: Properties) -> bytes:
        """The finished document, as `fill_in` and `finished` make it."""
        return self.fill_in(context).finished(properties)

    def fill_in(self, context: object) -> "Filled":
        """The document, filled and not yet finished.

        Raises TemplateFault with every fault of the tags, or with what stopped the filling.
        """
        faults = self.faults(type(context))
        if faults:
            raise TemplateFault("\n".join(str(fault) for fault in faults))
        filled = self._archive.copy()
        place(filled, fill(filled, context, self.name))
        return Filled(filled)


class Filled:
    """A filled document: what it says can be told before it is marked as a draft, or not."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @property
    def signed_digest(self) -> str:
        """The digest of all that a reader sees of it but the sign-off."""
        return digest_of_signed(self._archive)

    @property
    def late(self) -> dict[str, Picture]:
        """Its pictures that may still be drawn, by their keys."""
        return {picture.key: picture for picture in self._archive.late.values()}

    def finished(self, properties: Properties, draft_code: str = "") -> bytes:
        """The file: a draft of the content code, or final where there is none; to be asked for once."""
        if draft_code:
            return finished_draft(self.marked(), properties, draft_code, self.late)
        drop_marks(self._archive)
        return finish(self._archive, properties)

    def marked(self) -> bytes:
        """What drafts of any content code are made of: the document with its hidden bookmarks, without late pictures.

        To be asked for once.
        """
        name_marks(self._archive)
        return self._archive.to_bytes(unfinished=True)


def finished_draft(marked: bytes, properties: Properties, code: str, late: Mapping[str, Picture]) -> bytes:
    """The draft of a content code, of a document that was `marked`; `late` holds its pictures by their keys."""
    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        archive = Archive.of({name: package.read(name) for name in package.namelist()})
    take_late(archive, late)
    stamp(archive, code)
    return finish(archive, properties)
