"""A program that draws, whose renderer refuses every chart."""

from collections.abc import Mapping
from typing import Any

from svreport.figures import drawing_child, rendering
from svreport.processes import serve


def refused(spec: Mapping[str, Any]) -> bytes:
    raise ValueError(f"no picture of {len(spec)} parts")


if __name__ == "__main__":
    rendering.picture_of = refused
    serve(drawing_child.draw)
