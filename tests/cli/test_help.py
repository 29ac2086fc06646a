"""`--help` of every verb, and calls that are wrong."""

from collections.abc import Callable

import click
import pytest

from svreport.cli.commands import svreport as command_line


def verbs(group: click.Group = command_line, path: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found.append(f"{path}{name}")
        if isinstance(command, click.Group):
            found += verbs(command, f"{path}{name} ")
    return found


@pytest.mark.parametrize("verb", ["", *verbs()])
def test_help_tells_what_a_verb_does_with_an_example(verb: str, console: Callable[..., None]) -> None:
    console(f"help/{verb.replace(' ', '-') or 'svreport'}", f"{verb} --help".strip())


@pytest.mark.parametrize("verb", ["", *verbs()])
def test_every_verb_has_an_example_of_itself(verb: str, svreport: Callable[..., object]) -> None:
    assert f"\nExample:\n  svreport {verb}" in str(svreport(*verb.split(), "-h"))


def test_a_call_that_is_wrong_is_told_in_one_sentence(console: Callable[..., None]) -> None:
    console(
        "wrong-calls",
        "",
        "chekc a.xlsx",
        "check",
        "check a.xlsx b.xlsx",
        "check a.xlsx --format xml",
        "check a.xlsx --colour",
        "build a.xlsx --out",
        "packs chekc a",
    )
