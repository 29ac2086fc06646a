"""A page opened in Chromium without a screen and without a network, and looked over by axe-core."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.tools import node_package, output, program


@dataclass(frozen=True)
class Visit:
    """What one opening of a page showed.

    `violations` are axe-core's, each as its rule, what it asks and the elements; `errors` are the page's own (a script
    that failed, a message to the console); `requests` are the addresses it asked for besides its own file; `value` is
    what the script returned.
    """

    violations: list[str]
    errors: list[str]
    requests: list[str]
    value: Any


class Chromium:
    """Chromium, driven by playwright-core through `axe.mjs`."""

    def __call__(
        self, page: Path, script: str = "", dark: bool = False, viewport: Sequence[int] = (1280, 900)
    ) -> Visit:
        """Opens the page, runs `script` in it (the body of an async JavaScript function), then axe-core."""
        node_package("axe-core")
        node_package("playwright-core")
        job = {
            "chromium": program("chromium"),
            "page": page.resolve().as_uri(),
            "script": script,
            "dark": dark,
            "viewport": {"width": viewport[0], "height": viewport[1]},
        }
        seen = output(program("node"), Path(__file__).with_name("axe.mjs"), json.dumps(job))
        return Visit(**json.loads(seen))
