"""The addresses that documents may link to: web pages and email."""

import re
from urllib.parse import quote

_WEB = re.compile(r"(https?)://([^/?#]+)([^\s]*)", re.IGNORECASE)
_HOST = re.compile(
    r"([a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z][a-z0-9-]{0,62}|localhost)(?::([0-9]{1,5}))?", re.IGNORECASE
)
_MAIL = re.compile(
    r"mailto:([\w.!#$%&'*+/=?^`{}~-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]+)(\?[^\s]*)?", re.IGNORECASE | re.ASCII
)
_LARGEST_PORT = 65_535

# What an address may hold unchanged (RFC 3986); `%` too, so that what is encoded already stays so.
_KEPT = "%/?#:@!$&'()*+,;=~-._"


def link_target(address: str) -> str | None:
    """The address as a document can carry it, other characters percent-encoded; None for every other kind.

    Only `https:`, `http:` and `mailto:` lead out of a document: no script, no file, and no user name before the host
    that makes an address look like another's.
    """
    if mail := _MAIL.fullmatch(address):
        return f"mailto:{quote(mail[1], safe=_KEPT)}{_encoded(mail[2] or '')}"
    web = _WEB.fullmatch(address)
    host = _HOST.fullmatch(web[2]) if web else None
    if not web or not host or int(host[2] or 0) > _LARGEST_PORT:
        return None
    return f"{web[1].lower()}://{web[2]}{_encoded(web[3])}"


def _encoded(rest: str) -> str:
    lone = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", rest)
    return quote(lone, safe=_KEPT)
