"""Acronyms that a document uses without spelling them out first."""

import re
from collections.abc import Iterator

from svreport.model import names
from svreport.model.finding import Finding, Place, Rule, Severity
from svreport.review.material import Check, Material
from svreport.review.passages import Document, Passage, named
from svreport.review.sentences import excerpt
from svreport.review.standing import Rated

# So common in returns and council papers that spelling them out would only be in the way.
_COMMON = frozenset(
    "DfE SEND SEN EHCP EHC DSG RAG CEO DCS UK IT ICT NHS PDF GP VAT Q1 Q2 Q3 Q4 AM PM BST GMT TV FAQ HR AI ID GCSE "
    "BBC ONS EU".split()
)
# The field's own. One that is not here is asked about only where it is used again and again.
_FIELD = {
    "ADHD": "attention deficit hyperactivity disorder",
    "AP": "alternative provision",
    "APST": "alternative provision specialist taskforce",
    "ARP": "additionally resourced provision",
    "ASC": "autism spectrum condition",
    "ASD": "autism spectrum disorder",
    "CAMHS": "child and adolescent mental health services",
    "CQC": "Care Quality Commission",
    "CYP": "children and young people",
    "DBV": "Delivering Better Value",
    "DSCO": "designated social care officer",
    "EBSA": "emotionally based school avoidance",
    "EBSNA": "emotionally based school non-attendance",
    "EHCNA": "education, health and care needs assessment",
    "EHE": "elective home education",
    "ELSA": "emotional literacy support assistant",
    "EOTAS": "education otherwise than at school",
    "EP": "educational psychologist",
    "EYFS": "Early Years Foundation Stage",
    "HNB": "High Needs Block",
    "HNF": "high needs funding",
    "ICB": "integrated care board",
    "ILACS": "inspection of local authority children's services",
    "INMSS": "independent and non-maintained special school",
    "ISP": "independent specialist provider",
    "KPI": "key performance indicator",
    "LAC": "looked-after children",
    "LAP": "local area partnership",
    "LSRP": "local SEND reform plan",
    "MAT": "multi-academy trust",
    "MLD": "moderate learning difficulties",
    "MTFS": "medium-term financial strategy",
    "NEET": "not in education, employment or training",
    "NFF": "national funding formula",
    "NMSS": "non-maintained special school",
    "OAP": "ordinarily available provision",
    "PAN": "planned admission number",
    "PCF": "parent carer forum",
    "PfA": "preparation for adulthood",
    "PMLD": "profound and multiple learning difficulties",
    "POET": "Personal Outcomes Evaluation Tool",
    "PRU": "pupil referral unit",
    "PVI": "private, voluntary and independent",
    "RP": "resourced provision",
    "SALT": "speech and language therapy",
    "SEF": "self-evaluation form",
    "SEMH": "social, emotional and mental health",
    "SENCO": "special educational needs co-ordinator",
    "SENDIASS": "SEND information, advice and support service",
    "SENIF": "special educational needs inclusion fund",
    "SLCN": "speech, language and communication needs",
    "SLD": "severe learning difficulties",
    "SLT": "speech and language therapy",
    "SV": "Safety Valve",
    "WSOA": "written statement of action",
}
_ACRONYM = re.compile(r"(?<![\w&/.@-])([A-Z]{2,}|PfA|SENCo)(?=s?\b)(?![\w]*[a-rt-z])")
_OFTEN = 3
_ENOUGH_LETTERS = 3

NOT_SPELLED_OUT = Rule(
    "NAR-12",
    Severity.QUERY,
    "An acronym is not spelled out where it is first used",
    "The three documents are read apart, by DfE, by members and by the public. Each spells an acronym out the first "
    "time: "
    "the words, and the letters in brackets behind them.",
    "The risk register says “SEMH needs”, and nowhere before it “social, emotional and mental health (SEMH)”.",
)


def not_spelled_out(material: Material) -> Iterator[Finding]:
    for document in Document:
        texts = list(_texts(material, document))
        seen: set[str] = set()
        for position, (place, text) in enumerate(texts):
            for found in _ACRONYM.finditer(text):
                acronym = found[1].upper().replace("PFA", "PfA")
                if acronym in seen or found[1] in _COMMON or _is_shouted(text, found):
                    continue
                seen.add(acronym)
                before = " ".join(told for _, told in texts[:position]) + " " + text[: found.start()]
                if _is_spelled_out(acronym, text, found, before):
                    continue
                spelled = _FIELD.get(acronym)
                if spelled is None and not _is_used_often(acronym, texts):
                    continue
                yield NOT_SPELLED_OUT.at(
                    place,
                    read=excerpt(text, found.start(), found.end()),
                    expected=f"“{spelled} ({found[1]})”"
                    if spelled
                    else f"its words with ({found[1]}) behind them",
                    mend=f"spell it out here, where the {document} uses it first",
                    about=f"{document}: {acronym}",
                )


def _texts(material: Material, document: Document) -> Iterator[tuple[Place, str]]:
    """The words of a document in its order: the wording of each condition and risk before the text about it."""
    by_about: dict[str, list[Passage]] = {}
    for passage in material.passages:
        if passage.document is document:
            by_about.setdefault(passage.about, []).append(passage)
    rated: dict[Document, list[Rated]] = {
        Document.DETAILED: [*material.submission.conditions],
        Document.RISKS: [*material.submission.risks],
    }
    worded = {named(each): each.wording for each in rated.get(document, [])}
    for about, wording in worded.items():
        if wording.value:
            yield wording.place, wording.value
        for passage in by_about.get(about, ()):
            yield passage.place, passage.text
    for about, told in by_about.items():
        for passage in told if about not in worded else ():
            yield passage.place, passage.text


def _is_spelled_out(acronym: str, text: str, found: re.Match[str], before: str) -> bool:
    """In brackets behind its words, before brackets that hold them, or with its known words already told."""
    opened = re.search(r"\w[\w’'”\"]*\s*\($", text[: found.start()])
    if opened and re.match(r"s?\)", text[found.end() :]):
        return True
    if _initials_fit(acronym, re.match(r"s? \(([^)]+)\)", text[found.end() :])):
        return True
    spelled = _FIELD.get(acronym)
    return spelled is not None and names.key(spelled) in names.key(before)


def _initials_fit(acronym: str, behind: re.Match[str] | None) -> bool:
    if behind is None:
        return False
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", behind[1])).upper()
    letters = iter(initials)
    return len(behind[1].split()) > 1 and all(letter in letters for letter in acronym.upper())


def _is_shouted(text: str, found: re.Match[str]) -> bool:
    """True for a word of a heading in capitals, and for letters that belong to a name: `HCRG Care Group`."""
    around = text[max(0, found.start() - 30) : found.end() + 30]
    if len(re.findall(r"\b[A-Z]{2,}\b", around)) > 2 and not re.search(r"[a-z]{3}", around):
        return True
    return found[1] not in _FIELD and re.match(r" [A-Z][a-z]", text[found.end() :]) is not None


def _is_used_often(acronym: str, texts: list[tuple[Place, str]]) -> bool:
    uses = sum(len(re.findall(rf"\b{re.escape(acronym)}s?\b", text)) for _, text in texts)
    return len(acronym) >= _ENOUGH_LETTERS and uses >= _OFTEN and not re.fullmatch("[IVXL]+", acronym)


CHECKS = (Check(NOT_SPELLED_OUT, not_spelled_out),)
