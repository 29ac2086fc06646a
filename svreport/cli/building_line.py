"""One workbook of several, built and told in a line."""

from pathlib import Path

from svreport.cli import approvals, printing, stops
from svreport.cli.lines import CANNOT_RUN, HAS_ERRORS, Line, Lines
from svreport.cli.progress import waiting
from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions, quoted
from svreport.publish.outcome import Deed


def built_lines(workbook: Path, options: BuildOptions) -> Lines:
    """What is told of a workbook, a line for each of the packs."""
    return [built_line(workbook, each) for each in options.of_each_pack()]


def built_line(workbook: Path, options: BuildOptions) -> Line:
    """One workbook's summary line; a failure is its own and leaves the others to be built."""
    try:
        built = build_workbook(workbook, options, waiting=waiting)
    except Exception as stop:
        return Line(stops.not_built(workbook, stop, called(workbook, options)), CANNOT_RUN)
    if built.refused:
        return Line(approvals.refusal_text(called(workbook, options), built.refused), HAS_ERRORS)
    written = sum(each.deed in (Deed.WRITTEN, Deed.REPLACED) for each in built.outcomes)
    files = printing.counted(written, "file", "files")
    errors, queries = built.examined.errors, built.examined.queries
    line = (
        f"{called(workbook, options)}: {files} written to {built.folder}; {printing.summed(errors, queries)}"
    )
    line += where_told(workbook, options, errors + queries)
    aside = {*Deed} - {Deed.WRITTEN, Deed.UNCHANGED, Deed.REMOVED}
    notes = [printing.outcome_text(built.folder, each) for each in built.outcomes if each.deed in aside]
    told = "\n".join([line, *(f"    {note}" for note in notes)])
    return Line(told, HAS_ERRORS if errors else 0, (built.folder, built.pack))


def called(workbook: Path, options: BuildOptions) -> str:
    """The workbook, and the pack where it is one of several."""
    return f"{workbook}, pack {options.pack}" if options.among else str(workbook)


def where_told(workbook: Path, options: BuildOptions, findings: int) -> str:
    """What is put behind a number of findings; nothing where there are none."""
    loaded = options.load_pack()
    pack = f" --pack {quoted(options.pack)}" if loaded.sheets or loaded.has_forms else ""
    return f" (all told by: svreport check {quoted(str(workbook))}{pack})" if findings else ""
