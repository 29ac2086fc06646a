"""A Word template of a pack: checked, and filled with a context."""

from pathlib import Path

from svreport.errors import FormUnreadable, TemplateFault
from svreport.word.archive import Archive
from svreport.word.checking import TagFault, faults_of
from svreport.word.frame import environment, fill
from svreport.word.opening import open_word
from svreport.word.packaging import Properties, finish
from svreport.word.placing import place
from svreport.word.tags import Tags, prepare

_DOCUMENT = "wordprocessingml.document.main+xml"


class Template:
    """One `.docx` file with Jinja tags."""

    def __init__(self, name: str, archive: Archive) -> None:
        self.name = name
        self._tags: list[Tags] = prepare(archive)
        self._archive = archive.copy()
        self._checked: dict[type, list[TagFault]] = {}

    @classmethod
    def open(cls, path: Path) -> "Template":
        """The template at a path. Raises TemplateFault, in one sentence, for what is no Word document."""
        try:
            archive = open_word(path)
        except FormUnreadable as fault:
            raise TemplateFault(str(fault)) from None
        if not archive.types[archive.main].endswith(_DOCUMENT):
            raise TemplateFault(
                f"{path} is a Word template or holds macros: save it as a plain Word document (.docx)."
            )
        return cls(path.name, archive)

    def faults(self, context_type: type) -> list[TagFault]:
        """Every fault of the tags, for contexts of this dataclass; an empty list when the template can be filled."""
        if context_type not in self._checked:
            self._checked[context_type] = faults_of(self.name, self._tags, context_type, environment())
        return list(self._checked[context_type])

    def render(self, context: object, properties: Properties) -> bytes:
        """The finished document. Raises TemplateFault with every fault of the tags, or what stopped the filling."""
        faults = self.faults(type(context))
        if faults:
            raise TemplateFault("\n".join(str(fault) for fault in faults))
        filled = self._archive.copy()
        place(filled, fill(filled, context, self.name))
        return finish(filled, properties)
