"""The content code, and the approvals that name it."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from svreport.model import names
from svreport.model.content_codes import LENGTH, read_codes
from svreport.model.submission import Approval, Submission

# Both have to approve the same content before a return is final.
ROLES = ("S151 Officer", "DCS")


@dataclass(frozen=True, slots=True)
class Standing:
    """One role's approval: `codes` are those it names; it stands if one of them is the content's.

    One cell may name the code of the return and those of papers, each of which has a content of its own.
    """

    role: str
    codes: tuple[str, ...]
    stands: bool
    approval: Approval | None
    code: str

    @property
    def given(self) -> str:
        """The content's code where that is approved, else all that the role names; empty for none."""
        return self.code if self.stands else names.listed(self.codes, "and")

    @property
    def told(self) -> str:
        """The approval in a sentence for the person who builds."""
        if self.stands:
            return f"{self.role}: approved {self.given}"
        if len(self.codes) > 1:
            return f"{self.role}: approved {self.given}, and none of these is this content"
        if self.given:
            return f"{self.role}: approved {self.given}, and the content has changed since"
        return f"{self.role}: not approved yet"


def content_code(digests: Iterable[str]) -> str:
    """A code such as `7F3A-19C2` for the digests of all that the documents' readers see."""
    code = sha256("\n".join(digests).encode()).hexdigest()[:LENGTH].upper()
    return f"{code[:4]}-{code[4:]}"


def standings(submission: Submission, code: str) -> tuple[Standing, ...]:
    """How the approval of each role stands to the content's code."""
    return tuple(_standing(role, submission, code) for role in ROLES)


def _standing(role: str, submission: Submission, code: str) -> Standing:
    for approval in submission.approvals:
        if names.key(approval.role.value or "") == names.key(role):
            codes = read_codes(approval.content_code.value or "")
            return Standing(role, codes, code in codes, approval, code)
    return Standing(role, (), False, None, code)
