"""The people of a form: contacts under their roles, and who signed it off."""

import re
from collections.abc import Iterable, Iterator

from svreport.word.forms.rows import FormApproval, FormPerson
from svreport.word.forms.wording import begins, which

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,9}[^\W\d_]{2,24}")
_ROLES = ("CEO", "S151 Officer", "DCS", "Other")
_DASH = re.compile(r"\s+[–—-]\s+")
_LABELS = re.compile(r"[\s:,;–—-]*(e-?mail( address)?|name)?[\s:,;–—-]*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:.*[\s,])?(\d{1,2}(?:\s?(?:st|nd|rd|th))?[\s/.-]+(?:\w+)[\s/.-]+\d{2,4})\.?", re.DOTALL
)


def people_of(lines: Iterable[str]) -> list[FormPerson]:
    """The contacts of a column of the form, line by line: a role, then each person's name, job title and email."""
    told = [line.strip() for each in lines for line in each.split("\n") if line.strip()]
    with_colons = any(_role(line, colon=True) for line in told)
    people: list[FormPerson] = []
    role, waiting, seen = "Other", list[str](), set[str]()
    for line in told:
        found = _role(line, colon=with_colons)
        if found and (with_colons or found[0] not in seen):
            people += _without_email(role, waiting)
            role, line = found
            seen.add(role)
        at = 0
        for email in _EMAIL.finditer(line):
            waiting += _words(line[at : email.start()])
            people += _with_email(role, waiting, email[0].rstrip("."))
            at = email.end()
        waiting += _words(line[at:])
    people += _without_email(role, waiting)
    return people


def _role(line: str, *, colon: bool) -> tuple[str, str] | None:
    """(role, the words behind it) of a line that begins with a role's label."""
    head, found, rest = line.partition(":")
    role = which("roles", head)
    if role is None or (colon and not found):
        return None
    if len(head) - begins("roles", role, head) > 4 and role != "Other":
        return None
    return role, rest.strip()


def _words(text: str) -> list[str]:
    text = text.strip(" ,;:()<>–—-\t")
    return [] if not text or _LABELS.fullmatch(text) else [text]


def _with_email(role: str, waiting: list[str], email: str) -> Iterator[FormPerson]:
    lines = list(waiting)
    waiting.clear()
    if role == "Other":
        while len(lines) > 1 and (_DASH.search(lines[-1]) or _DASH.search(lines[0]) or len(lines) > 2):
            yield FormPerson(role, *_named([lines.pop(0)]), "")
    yield FormPerson(role, *_named(lines), email)


def _without_email(role: str, waiting: list[str]) -> Iterator[FormPerson]:
    lines = list(waiting)
    waiting.clear()
    for each in [[line] for line in lines] if role == "Other" else [lines] if lines else []:
        yield FormPerson(role, *_named(each), "")


def _named(lines: list[str]) -> tuple[str, str]:
    """(name, job title) of a person's lines."""
    if not lines:
        return "", ""
    if len(lines) == 1:
        name, *rest = _DASH.split(lines[0], maxsplit=1)
        return name, rest[0] if rest else ""
    return lines[0], ", ".join(lines[1:])


def approvals_of(lines: Iterable[str]) -> tuple[list[FormApproval], list[str]]:
    """Who signed off, from lines such as `S151 Officer: Name, 11 December 2024`; and the lines that are none such."""
    approvals: list[FormApproval] = []
    others: list[str] = []
    for line in (line.strip() for each in lines for line in each.split("\n")):
        found = _role(line, colon=":" in line)
        role = found[0] if found else ""
        if (
            found is None
            or role not in ("S151 Officer", "DCS")
            or any(each.role == role for each in approvals)
        ):
            others += [line] if line else []
            continue
        name, date = found[1], ""
        dated = _DATE.fullmatch(name)
        if dated:
            name, date = name[: dated.start(1)].rstrip(" ,"), dated[1]
        approvals.append(FormApproval(role, name, date))
    return approvals, others
