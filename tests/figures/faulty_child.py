"""A program that draws, whose renderer refuses every chart."""

from svreport.figures import drawing_child, rendering
from svreport.processes import serve


def refused(spec: str) -> bytes:
    raise ValueError(f"no picture of {len(spec)} letters")


if __name__ == "__main__":
    rendering.picture_of = refused
    serve(drawing_child.draw)
