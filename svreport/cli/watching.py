"""The watch verb: build again whenever a workbook or template is saved."""

import time
from pathlib import Path
from typing import NoReturn

import click

from svreport.cli import stops
from svreport.cli.building import build_one
from svreport.errors import CallFault
from svreport.pipeline.charting import rest
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.watching import SECONDS_BETWEEN_LOOKS, Watch


def watch(source: Path, options: BuildOptions) -> None:
    """Goes on until it is interrupted; a fault is told, and the watch goes on."""
    if not source.exists():
        raise CallFault(f"{source} is not there: name a workbook, or a folder of them.")
    options.load_packs()
    click.echo(f"Watching {source}: every save is built into {options.out}. Ctrl+C ends the watch.")
    try:
        _go_on(Watch(source, options))
    except KeyboardInterrupt:
        click.echo("\nThe watch has ended; files that were written are whole.")


def _go_on(watched: Watch) -> NoReturn:
    while True:
        for workbook in watched.look():
            try:
                build_one(workbook, watched.options)
            except BrokenPipeError:
                raise
            except Exception as stop:
                click.echo(stops.not_built(workbook, stop), err=True)
            rest()
        time.sleep(SECONDS_BETWEEN_LOOKS)
