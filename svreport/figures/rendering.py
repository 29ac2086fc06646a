"""Specifications to PNG pictures through vl-convert: offline, and the same whatever fonts a machine has."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

PPI = 200
_FONTS = "FONTCONFIG_FILE"
_NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir></fontconfig>
"""


def render_charts(specs: Sequence[str]) -> list[bytes]:
    """A PNG for each specification (JSON); one that would fetch anything from elsewhere is refused by the renderer."""
    if not specs:
        return []
    with bundled_font_alone():
        return [picture_of(spec) for spec in specs]


def picture_of(spec: str) -> bytes:
    """The PNG of one specification, to be asked for where the bundled font is alone."""
    import vl_convert

    return vl_convert.vegalite_to_png(spec, ppi=PPI, allowed_base_urls=[])


@contextmanager
def bundled_font_alone() -> Iterator[None]:
    """The renderer looks up the system's fonts at its first picture: it is shown an empty folder of them, so that
    the face inside it is the only one. Afterwards, programs that are started see the system's fonts again.
    """
    before = os.environ.get(_FONTS)
    with tempfile.TemporaryDirectory(prefix="svreport-fonts-") as folder:
        fonts, settings = (os.path.join(folder, name) for name in ("none", "fonts.conf"))
        os.mkdir(fonts)
        with open(settings, "w", encoding="utf-8") as file:
            file.write(_NO_FONTS.format(folder=fonts.replace(os.sep, "/")))
        os.environ[_FONTS] = settings
        try:
            yield
        finally:
            if before is None:
                del os.environ[_FONTS]
            else:
                os.environ[_FONTS] = before
