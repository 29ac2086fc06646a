"""The workbooks of a folder: which there are, which are conflict copies of others, which are out of date."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from svreport.errors import CannotGoOn, WorkbookUnreadable
from svreport.model import names
from svreport.packs.loading import Pack
from svreport.publish.manifest import Manifest
from svreport.publish.stale import up_to_date

_ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Clash:
    """A workbook that is not built: `copy` stands in the way of `original`, and a person has to choose."""

    copy: Path
    original: Path
    same_name: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The workbooks that a build of the folder takes, and those it leaves to a person."""

    workbooks: tuple[Path, ...]
    clashes: tuple[Clash, ...]


def workbooks_in(folder: Path) -> Listing:
    """Every workbook in the folder by name, without lock files, pulled copies and conflict copies.

    A conflict copy is what a sync program makes when two people saved at once: its name goes on from a sibling's, and
    the authority, year and update inside are the same. Two workbooks whose outputs would share a folder clash too.
    """
    try:
        found = sorted(path for path in folder.iterdir() if _is_workbook(path.name) and path.is_file())
    except OSError as error:
        raise WorkbookUnreadable(f"{folder} cannot be looked into ({error.strerror or error}).") from error
    workbooks: list[Path] = []
    clashes: list[Clash] = []
    for path in sorted(found, key=lambda path: (len(path.stem), path.name.casefold(), path.name)):
        clash = _clash(path, workbooks)
        if clash:
            clashes.append(clash)
        else:
            workbooks.append(path)
    return Listing(tuple(sorted(workbooks)), tuple(sorted(clashes, key=lambda each: each.copy)))


def manifest_if_current(
    workbook: Path, out: Path, packs: Sequence[Pack], *, pdf: bool = False
) -> Manifest | None:
    """The manifest of the workbook's outputs where those of all these packs are up to date; `pdf` as in its check."""
    return up_to_date(workbook, out / workbook.stem, packs, pdf=pdf)


def _is_workbook(name: str) -> bool:
    lower = name.casefold()
    return (
        lower.endswith(_ENDINGS) and not lower.startswith(("~$", ".~lock", ".")) and ".pulled." not in lower
    )


def _clash(path: Path, shorter: list[Path]) -> Clash | None:
    stem = path.stem.casefold()
    for other in shorter:
        sibling = other.stem.casefold()
        if stem == sibling:
            return Clash(path, other, same_name=True)
        goes_on = stem.startswith(sibling) and not stem[len(sibling)].isalnum()
        if goes_on and _identity(path) is not None and _identity(path) == _identity(other):
            return Clash(path, other, same_name=False)
    return None


def _identity(path: Path) -> tuple[str, str, str] | None:
    """What a workbook is about; None for one that cannot be read, or does not say."""
    from svreport.workbook.reading import read_workbook

    try:
        programme = read_workbook(path).submission.programme
    except CannotGoOn:
        return None
    told = (programme.authority.value, programme.financial_year.value, programme.current_update.value)
    if None in told:
        return None
    authority, year, update = (names.key(str(each)) for each in told)
    return authority, year, update
