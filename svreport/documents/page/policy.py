"""What a browser may do with the page: its own styles and script, told by their sums, and pictures inside it."""

import base64
import re
from collections.abc import Iterable
from hashlib import sha256

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(template: str, *styles: str, scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page made from a template; `styles` and `scripts` are those put in when it is
    filled.

    The sums are those of the template as the office wrote it: whatever a workbook could bring in has none.
    """
    own_styles = [*(each for each in _STYLE.findall(template) if "{{" not in each), *styles]
    own_scripts = [*(each for each in _SCRIPT.findall(template) if "{{" not in each), *scripts]
    rules = {
        "default-src": "'none'",
        "style-src": _sums(own_styles),
        "script-src": _sums(own_scripts),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _sums(texts: Iterable[str]) -> str:
    told = [f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]
    return " ".join(told) or "'none'"
