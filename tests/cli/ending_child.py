"""A program that builds workbooks, and ends at the one that is called `second`."""

import os
from collections.abc import Iterator
from pathlib import Path

from svreport.cli import building_child
from svreport.cli.lines import Lines
from svreport.pipeline.options import BuildOptions
from svreport.processes import serve


def answers(request: tuple[Path, BuildOptions]) -> Iterator[Lines]:
    if request[0].stem == "second":
        os._exit(3)
    yield from building_child.answers(request)


if __name__ == "__main__":
    serve(answers)
