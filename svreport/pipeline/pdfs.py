"""PDFs of the Word files that builds wrote: all of them in as few starts of LibreOffice as can be."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from svreport.errors import OfficeUnusable, OutputInUse
from svreport.publish.outcome import Deed, Outcome
from svreport.publish.pdfs import Wanted, bring, pdf_of, wanted

# A start takes two seconds and a document half of one: this many make the start cheap, and what is made reaches its
# folder before the whole of a large folder is through.
_DOCUMENTS_IN_A_START = 24


@dataclass(slots=True)
class Printed:
    """What became of each folder's PDFs; `unusable` says why LibreOffice made none, or no more.

    `stops` are the sentences of folders that could not be written.
    """

    outcomes: dict[Path, list[Outcome]]
    unusable: str = ""
    stops: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """True where every PDF that was asked for is there."""
        missing = (Deed.NOT_MADE, Deed.HELD, Deed.OUTDATED_HELD)
        told = [each for outcomes in self.outcomes.values() for each in outcomes]
        return not (self.unusable or self.stops or any(each.deed in missing for each in told))


def print_folders(
    folders: Mapping[Path, Collection[str]],
    *,
    waiting: Callable[[Path], None],
    doing: Callable[[int, int], None],
) -> Printed:
    """Gives the Word files of these packs, in each folder of outputs, the PDFs that they lack.

    PDFs of earlier Word files that no new one replaces are taken away, however this ends. `waiting` is told the folder
    when another build holds it, `doing` how many PDFs are done, and of how many there are to be.
    """
    from svreport.word.office import find_office

    printed = Printed({folder: [] for folder in folders})
    wants = [each for folder, packs in folders.items() for each in wanted(folder, packs)]
    try:
        if wants:
            program = find_office()
            for at in range(0, len(wants), _DOCUMENTS_IN_A_START):
                doing(at, len(wants))
                _print(program, wants[at : at + _DOCUMENTS_IN_A_START], printed, waiting)
    except OfficeUnusable as stop:
        printed.unusable = str(stop)
    finally:
        for folder in folders:
            _bring(folder, [], printed, waiting)
    return printed


def _print(program: Path, wants: list[Wanted], printed: Printed, waiting: Callable[[Path], None]) -> None:
    from svreport.word.office import Fault, pdfs_of

    documents: list[tuple[Wanted, bytes]] = []
    for want in wants:
        data = want.read()
        if data is None:
            _not_made(printed, want, "somebody changed its Word file just now")
        else:
            documents.append((want, data))
    made: dict[Path, list[tuple[Wanted, bytes]]] = {}
    for (want, _), pdf in zip(documents, pdfs_of(program, [data for _, data in documents]), strict=True):
        if isinstance(pdf, Fault):
            _not_made(printed, want, pdf.told)
        else:
            made.setdefault(want.folder, []).append((want, pdf))
    for folder, done in made.items():
        _bring(folder, done, printed, waiting)


def _not_made(printed: Printed, want: Wanted, why: str) -> None:
    printed.outcomes[want.folder].append(Outcome(pdf_of(want.path), Deed.NOT_MADE, why))


def _bring(
    folder: Path,
    done: list[tuple[Wanted, bytes]],
    printed: Printed,
    waiting: Callable[[Path], None],
) -> None:
    try:
        printed.outcomes[folder] += bring(folder, done, waiting=lambda: waiting(folder))
    except OutputInUse as stop:
        printed.stops.append(str(stop))
