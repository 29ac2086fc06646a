"""What the review calls a text by whose numbers it lists."""

import pytest

from svreport.documents.review_pack.numbers import about
from svreport.model.finding import Place
from svreport.review.passages import Document, Kind, Passage

POINT = "Briefing points, Plans are growing faster than forecast: {{ actual('EHCP') }} in October, and "
CUT = "Briefing points, Plans are growing faster than forecast: … in October, and more are …"


@pytest.mark.parametrize(
    ("kind", "name", "called"),
    [
        (Kind.HEADLINE, "Drivers", "Drivers"),
        (Kind.PROGRESS, "Condition 3.1", "Condition 3.1: progress"),
        (Kind.RISK_PROGRESS, "Risk 2", "Risk 2: progress"),
        (Kind.PAPER, "Forum priorities, Every child", "Forum priorities, Every child: text of a paper"),
        (Kind.PAPER, POINT + "more are asked for than last year", f"{CUT}: text of a paper"),
    ],
)
def test_a_text_is_called_by_its_name_or_its_first_words(kind: Kind, name: str, called: str) -> None:
    assert about(Passage(Document.PAPER, kind, name, Place("Sheet", 2, 1), ())) == called
