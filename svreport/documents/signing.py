"""The content code, and the approvals that name it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from svreport.model import names
from svreport.model.submission import Approval, Submission

# Both have to approve the same content before a return is final.
ROLES = ("S151 Officer", "DCS")
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """One role's approval: `given` is the code it names, empty for none; it stands if that is the content's."""

    role: str
    given: str
    stands: bool
    approval: Approval | None

    @property
    def told(self) -> str:
        """The approval in a sentence for the person who builds."""
        if self.stands:
            return f"{self.role}: approved {self.given}"
        if self.given:
            return f"{self.role}: approved {self.given}, and the content has changed since"
        return f"{self.role}: not approved yet"


def content_code(digests: Iterable[str]) -> str:
    """A code such as `7F3A-19C2` for the digests of all that the documents' readers see."""
    code = sha256("\n".join(digests).encode()).hexdigest()[:_LENGTH].upper()
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str:
    """A code as a person typed it, in the form in which svreport prints it: any case, with or without spaces."""
    bare = re.sub(r"[\s\-‐‑–—−]", "", typed).upper()  # every dash that Word or Excel may make of a hyphen
    return f"{bare[:4]}-{bare[4:]}" if re.fullmatch(rf"[0-9A-F]{{{_LENGTH}}}", bare) else typed.strip()


def is_code(text: str) -> bool:
    """Whether a text is a content code as svreport prints it: any other never becomes the name of a file."""
    return re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", text) is not None


def standings(submission: Submission, code: str) -> tuple[Standing, ...]:
    """How the approval of each role stands to the content's code."""
    return tuple(_standing(role, submission, code) for role in ROLES)


def _standing(role: str, submission: Submission, code: str) -> Standing:
    for approval in submission.approvals:
        if names.key(approval.role.value or "") == names.key(role):
            given = read_code(approval.content_code.value or "")
            return Standing(role, given, given == code, approval)
    return Standing(role, "", False, None)
