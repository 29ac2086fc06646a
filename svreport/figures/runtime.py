"""Vega's own program, which draws a page's charts in the browser: taken from vl-convert, and kept in the cache."""

from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from svreport.figures.cache import ChartCache


def vega_runtime(cache: "ChartCache | None") -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that needs nothing else; it takes two seconds to put together."""
    key = sha256(f"vega runtime {version('vl-convert-python')}".encode()).hexdigest()
    kept = cache.get(key) if cache else None
    if kept is None:
        import vl_convert

        kept = _harmless(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).encode()
        if cache:
            cache.put({key: kept})
    return kept.decode()


def _harmless(script: str) -> str:
    """Nothing in the script can end the element that it stands in; within its strings the two mean the same."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
