"""The verbs of the command line."""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from svreport import __version__
from svreport.cli.console import speak_plainly, work_steadily

WORKBOOK = click.Path(path_type=Path)
HAS_ERRORS = 1
CANNOT_RUN = 2


class WithExample(click.Command):
    """A command whose `--help` ends with an example."""

    def __init__(self, *args: Any, example: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example"):
            formatter.write_text(self.example)


class Verb(WithExample):
    """A verb; the first sentence of its help stands in the list of verbs, which has room for some 65 characters."""


class Verbs(WithExample, click.Group):
    """A verb that has verbs of its own."""


@click.group(
    cls=Verbs,
    example="svreport build inputs",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
)
@click.version_option(__version__, prog_name="svreport")
def svreport() -> None:
    """Makes a Safety Valve return from a workbook: the documents, every figure traced to its cell."""


@svreport.command(cls=Verb, example="svreport new inputs/2026-11.xlsx --authority Wiltshire --year 2026-27")
@click.argument("workbook", type=WORKBOOK)
@click.option("--authority", help="The council's name.")
@click.option("--year", help="The financial year, like 2026-27.")
@click.option("--example", is_flag=True, help="Fill it with the worked example.")
@click.option("--pack", help="A pack whose sheets it gets too: its name, its folder, or all.")
def new(workbook: Path, authority: str | None, year: str | None, example: bool, pack: str | None) -> None:
    """Makes a workbook to fill in. A file that exists is left alone."""
    from svreport.pipeline.making import make_workbook

    make_workbook(workbook, authority=authority, year=year, example=example, pack=pack)
    click.echo(f"wrote {workbook}")


@svreport.command("import", cls=Verb, example="svreport import form.docx inputs/2026-11.xlsx")
@click.argument("forms", metavar="FORM.docx...", nargs=-1, type=WORKBOOK)
@click.argument("workbook", type=WORKBOOK)
def import_form(forms: tuple[Path, ...], workbook: Path) -> None:
    """Makes a workbook from submitted Word forms.

    What could not be read is listed here and on the workbook's sheet Import notes. A file that exists is left alone.
    """
    from svreport.cli import printing
    from svreport.pipeline import importing

    imported = importing.import_form(forms, workbook)
    for line in printing.import_text(imported):
        click.echo(line)


@svreport.command(cls=Verb, example="svreport check inputs/2026-11.xlsx")
@click.argument("workbook", type=WORKBOOK)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--pack", help="A pack whose sheets must be there: its name, its folder, or all.")
def check(workbook: Path, form: str, pack: str | None) -> int:
    """Tells everything found in a workbook, each at its cell."""
    from svreport.cli import printing
    from svreport.pipeline.checking import check_workbook

    examined = check_workbook(workbook, pack)
    if form == "json":
        click.echo(printing.findings_json(workbook, examined))
    else:
        for finding in examined.findings:
            answer = examined.answers.by_finding.get(finding)
            click.echo(printing.finding_text(workbook, finding, answer) + "\n")
        click.echo(f"{workbook}: {printing.summed(examined.errors, examined.queries)}")
    return HAS_ERRORS if examined.errors else 0


@svreport.command(cls=Verb, example="svreport build inputs/2026-11.xlsx")
@click.argument("source", metavar="WORKBOOK|FOLDER", type=WORKBOOK)
@click.option(
    "--out", type=WORKBOOK, default=Path("outputs"), show_default=True, help="The folder of outputs."
)
@click.option(
    "--pack", default="safety-valve", show_default=True, help="A pack's name, a folder of templates, or all."
)
@click.option(
    "--force", is_flag=True, help="Replace Word files that a person changed, keeping theirs under kept/."
)
@click.option(
    "--final", is_flag=True, help="Write the return without draft marks, or say why it is not final."
)
@click.option("--pdf", is_flag=True, help="Write a PDF of each Word file too, with LibreOffice.")
def build(source: Path, out: Path, pack: str, force: bool, final: bool, pdf: bool) -> int:
    """Writes the documents of a workbook, or of a folder of them.

    In a folder, workbooks whose documents are up to date are left as they are.
    """
    from svreport.pipeline.ahead import draw_ahead
    from svreport.pipeline.options import BuildOptions

    options = BuildOptions(out, pack, force=force, final=final, pdf=pdf)
    if source.is_dir():
        from svreport.cli.building_folder import build_folder

        return build_folder(source, options)
    draw_ahead(source, out)
    from svreport.cli.building import build_one

    return build_one(source, options)


@svreport.command(
    "roll-forward", cls=Verb, example="svreport roll-forward inputs/2026-08.xlsx inputs/2026-11.xlsx"
)
@click.argument("workbook", type=WORKBOOK)
@click.argument("new", type=WORKBOOK)
@click.option(
    "--update", metavar="LABEL", help="Another update than the next, by its label on the sheet Updates."
)
def roll_forward(workbook: Path, new: Path, update: str | None) -> int:
    """Makes the next update's workbook from the last one's.

    The last one is left as it is.
    """
    from svreport.cli import rolling

    return rolling.roll(workbook, new, update)


@svreport.command(cls=Verb, example="svreport pull outputs/2026-11/detailed-update.docx inputs/2026-11.xlsx")
@click.argument("drafts", metavar="DRAFT.docx...", type=WORKBOOK, nargs=-1, required=True)
@click.argument("workbook", type=WORKBOOK)
@click.option("--in-place", is_flag=True, help="Change the workbook itself, not a copy beside it.")
@click.option("--to", metavar="FILE", type=WORKBOOK, help="The file for the result.")
@click.option(
    "--out", type=WORKBOOK, default=Path("outputs"), show_default=True, help="The folder of outputs."
)
@click.option("--pack", help="The folder of the templates the drafts were made with, if they are your own.")
def pull(
    drafts: tuple[Path, ...], workbook: Path, in_place: bool, to: Path | None, out: Path, pack: str | None
) -> int:
    """Takes reviewers' edits and comments back into the workbook.

    DRAFT.docx is a draft that build wrote and people worked in, in Word or LibreOffice; several can be given.
    The result is a new file beside the workbook, NAME.pulled.xlsx, unless --in-place or --to says otherwise.
    """
    from svreport.cli import pulling
    from svreport.pipeline.pulling import PullOptions

    return pulling.pull(drafts, workbook, PullOptions(out, in_place=in_place, to=to, pack=pack))


@svreport.command(cls=Verb, example="svreport figures inputs/2026-11.xlsx")
@click.argument("workbook", type=WORKBOOK)
def figures(workbook: Path) -> int:
    """Lists every figure that text can use.

    For each: how to write it, how it prints, and its cell.
    """
    from svreport.cli import printing
    from svreport.pipeline.examining import examine

    examined = examine(workbook)
    text = printing.figures_text(examined.facts.everything())
    click.echo(text or f"{workbook} holds no figures yet.")
    if examined.errors:
        click.echo(
            f"{workbook}: {printing.summed(examined.errors, examined.queries)}; see svreport check", err=True
        )
    return HAS_ERRORS if examined.errors else 0


@svreport.command(cls=Verb, example="svreport changes inputs/2026-11.xlsx --since 7F3A-19C2")
@click.argument("workbook", type=WORKBOOK)
@click.option("--since", metavar="CODE", help="The content code of an earlier draft, to compare with.")
@click.option("--docx", metavar="FILE", type=WORKBOOK, help="Write them as a Word file too.")
@click.option(
    "--out", type=WORKBOOK, default=Path("outputs"), show_default=True, help="The folder of outputs."
)
@click.option(
    "--pack", default="safety-valve", show_default=True, help="A pack's name, or a folder of templates."
)
def changes(workbook: Path, since: str | None, docx: Path | None, out: Path, pack: str) -> None:
    """Tells what differs from last time.

    From the previous workbook, or from the draft of this one that had the content code after --since.
    """
    from svreport.cli import approvals, printing
    from svreport.pipeline import changing

    compared = changing.compare(workbook, since, out)
    for change in compared.changes:
        click.echo(approvals.change_text(change))
    click.echo(
        f"{workbook}: {printing.counted(len(compared.changes), 'change', 'changes')} since {compared.since}"
    )
    if docx:
        changing.write_report(compared, pack, docx)
        click.echo(f"wrote {docx}")


@svreport.command(cls=Verb, example="svreport explain LVL-01")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Tells what a check looks for, why, and an example.

    Without a code, all of them.
    """
    from svreport.cli import printing
    from svreport.pipeline import explaining

    rules = [explaining.explain(code)] if code else explaining.catalogue()
    click.echo("\n\n".join(printing.rule_text(rule) for rule in rules))


@svreport.command(cls=Verb, example="svreport watch inputs")
@click.argument("source", metavar="WORKBOOK|FOLDER", type=WORKBOOK)
@click.option(
    "--out", type=WORKBOOK, default=Path("outputs"), show_default=True, help="The folder of outputs."
)
@click.option(
    "--pack", default="safety-valve", show_default=True, help="A pack's name, a folder of templates, or all."
)
def watch(source: Path, out: Path, pack: str) -> None:
    """Builds again whenever a workbook or template is saved.

    Goes on until it is interrupted with Ctrl+C.
    """
    from svreport.cli import watching
    from svreport.pipeline.options import BuildOptions

    watching.watch(source, BuildOptions(out, pack))


@svreport.group(cls=Verbs, example="svreport packs", invoke_without_command=True)
@click.pass_context
def packs(context: click.Context) -> None:
    """Lists the sets of templates; checks or copies one."""
    if context.invoked_subcommand is None:
        from svreport.pipeline.packing import shipped_packs

        for pack in shipped_packs():
            click.echo(f"{pack.name}: {pack.title} ({pack.folder})")


@packs.command("check", cls=Verb, example="svreport packs check my-pack")
@click.argument("folder", type=WORKBOOK)
def check_pack(folder: Path) -> int:
    """Tells everything that is wrong in a pack of templates.

    For each fault: the file, the place in it, the tag, and how to mend it. What would keep somebody from reading a
    document, such as a picture without alternative text, is told too.
    """
    from svreport.cli.printing import counted
    from svreport.pipeline.packing import barriers, check_pack

    faults, files = check_pack(folder)
    hard_to_read = barriers(folder)
    for line in (*faults, *hard_to_read):
        click.echo(line)
    more = counted(len(hard_to_read), "thing", "things") if hard_to_read else ""
    click.echo(
        f"{folder}: {counted(len(faults), 'fault', 'faults')} in {counted(files, 'file', 'files')}"
        f"{f'; {more} to mend so that everybody can read it' if more else ''}"
    )
    return HAS_ERRORS if faults else 0


@packs.command("copy", cls=Verb, example="svreport packs copy safety-valve my-pack")
@click.argument("name")
@click.argument("folder", type=WORKBOOK)
def copy(name: str, folder: Path) -> None:
    """Copies a pack into a folder of your own, to change it in Word."""
    from svreport.pipeline.packing import as_argument, copy_pack

    pack = copy_pack(name, folder)
    click.echo(f"wrote {folder}: {len(pack.files)} files; build with --pack {as_argument(folder)}")


def main() -> None:
    """Runs the command line; whatever stops it is told in one sentence, with exit code 2."""
    speak_plainly()
    work_steadily()
    try:
        status = svreport.main(prog_name="svreport", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as stop:
        stop.show()
        sys.exit(CANNOT_RUN)
    except click.UsageError as stop:
        called = stop.ctx.command_path if stop.ctx else "svreport"
        told = stop.format_message()
        _stop(f"{told}{'' if told.endswith(('.', '?')) else '.'} {called} --help shows how it is called.")
    except (click.Abort, KeyboardInterrupt):
        _stop("Stopped before it was done; files that were written are whole.")
    except BrokenPipeError:
        # Whoever read our output closed it (as `head` does): there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as stop:
        from svreport.cli import stops

        _stop(stops.sentence(stop))
    sys.exit(status if isinstance(status, int) else 0)


def _stop(sentence: str) -> NoReturn:
    click.echo(f"svreport: {sentence}", err=True)
    sys.exit(CANNOT_RUN)
