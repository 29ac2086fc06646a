"""The golden text of each document of the worked examples: styles, tables, colours, lists and alt text, as a diff."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from svreport.word.text import text_of
from tests.conftest import EXAMPLES

# It changes with every word of the example: the golden text shows the same one always.
CONTENT_CODE = re.compile(r"content code [0-9A-F]{4}-[0-9A-F]{4}")

DOCUMENTS = ("programme-overview", "detailed-update", "risk-register", "submission")


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_document_reads_as_its_golden_text(
    name: str, document: str, example_outputs: Mapping[str, Path], golden: Callable[[str, str], None]
) -> None:
    told = text_of((example_outputs[name] / f"{document}.docx").read_bytes())
    golden(f"{name}/{document}.txt", CONTENT_CODE.sub("content code 7F3A-19C2", told))
