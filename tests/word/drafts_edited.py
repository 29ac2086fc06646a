"""Drafts edited as Word edits them: paragraph by paragraph in the file's XML, bookmarks moved as Word moves them."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from svreport.word.archive import KIND, WORD_TYPE, Archive
from svreport.word.markup import Element, find, local, make, name, remove
from svreport.word.opening import read_word

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_DATE = "2024-11-20T09:15:00Z"


class EditedDraft:
    """A draft in which a reviewer works; words find the first paragraph that holds them."""

    def __init__(self, data: bytes) -> None:
        self._archive: Archive = read_word(data, "the draft")
        self._body = self._archive.body
        self._ids = 5_000
        self._comments: Element | None = None
        self._extended: Element | None = None

    def do(self, steps: Sequence[Sequence[str]]) -> bytes:
        """Each step is the name of a method here with its arguments."""
        for step, *arguments in steps:
            getattr(self, step)(*arguments)
        if self._comments is not None and self._extended is not None:
            for part, kind, ending, root in (
                ("word/comments.xml", KIND + "comments", "comments+xml", self._comments),
                ("word/commentsExtended.xml", _EXTENDED, "commentsExtended+xml", self._extended),
            ):
                self._archive.put(part, WORD_TYPE + ending, etree.tostring(root))
                self._archive.relate(self._archive.main, kind, part)
        return self._archive.to_bytes()

    def replace(self, old: str, new: str) -> None:
        """Types over words, in the look they have."""
        runs = self._runs_of(self._paragraph(old), old)
        _texts(runs[0])[0].text = new
        _keep_blanks(runs[0])
        for run in runs[1:]:
            remove(run)

    def type_behind(self, words: str, text: str) -> None:
        run = self._runs_of(self._paragraph(words), words)[-1]
        made = deepcopy(run)
        _texts(made)[0].text = text
        _keep_blanks(made)
        run.addnext(made)

    def insert_tracked(self, author: str, behind: str, text: str) -> None:
        run = self._runs_of(self._paragraph(behind), behind)[-1]
        made = deepcopy(run)
        _texts(made)[0].text = text
        _keep_blanks(made)
        run.addnext(self._tracked("w:ins", author, made))

    def delete_tracked(self, author: str, words: str) -> None:
        for run in self._runs_of(self._paragraph(words), words):
            self._delete_run(run, author)

    def delete_paragraph_tracked(self, author: str, words: str) -> None:
        paragraph = self._paragraph(words)
        for run in list(paragraph.iter(name("w:r"))):
            self._delete_run(run, author)
        properties = find(paragraph, "w:pPr")
        if properties is None:
            properties = make("w:pPr")
            paragraph.insert(0, properties)
        look = find(properties, "w:rPr")
        if look is None:
            look = make("w:rPr")
            properties.append(look)
        look.append(self._tracked("w:del", author))

    def split(self, words: str) -> None:
        """Enter before the words: what begins the paragraph's bookmarks stays above, what ends them goes below."""
        paragraph = self._paragraph(words)
        first = self._runs_of(paragraph, words)[0]
        below = make("w:p")
        properties = find(paragraph, "w:pPr")
        if properties is not None:
            below.append(deepcopy(properties))
        top = first
        while top.getparent() is not paragraph:
            parent = top.getparent()
            assert parent is not None
            top = parent
        for element in [top, *top.itersiblings()]:
            below.append(element)
        paragraph.addnext(below)

    def join(self, words: str) -> None:
        """Delete at the paragraph's end: the next one's words come behind, with a blank."""
        paragraph = self._paragraph(words)
        following = paragraph.getnext()
        assert following is not None
        blank = make("w:r", {}, make("w:t"))
        blank[0].text = " "
        _keep_blanks(blank)
        paragraph.append(blank)
        for element in [each for each in following if local(each) != "pPr"]:
            paragraph.append(element)
        remove(following)

    def delete(self, words: str) -> None:
        remove(self._paragraph(words))

    def retype(self, words: str, text: str) -> None:
        """Selects the paragraph whole and types: its bookmarks go with its words."""
        paragraph = self._paragraph(words)
        for each in [each for each in paragraph if local(each) != "pPr"]:
            remove(each)
        paragraph.append(run_of(text))

    def move(self, words: str, behind: str) -> None:
        """Cuts the paragraph and pastes it behind another; Word takes its bookmarks along."""
        moved = self._paragraph(words)
        self._paragraph(behind).addnext(moved)

    def paste_without_bookmarks(self, words: str, behind: str) -> None:
        self.move(words, behind)
        for each in list(self._paragraph(words)):
            if local(each) in ("bookmarkStart", "bookmarkEnd"):
                remove(each)

    def add(self, behind: str, text: str) -> None:
        """Enter at the paragraph's end, and words in the same look."""
        paragraph = self._paragraph(behind)
        made = make("w:p")
        properties = find(paragraph, "w:pPr")
        if properties is not None:
            made.append(deepcopy(properties))
        made.append(run_of(text))
        paragraph.addnext(made)

    def write_beside(self, words: str, text: str) -> None:
        """Types into the empty text in the row that holds the words, behind its bookmark."""
        row = next(self._paragraph(words).iterancestors(name("w:tr")))
        empty = next(
            each
            for each in row.iter(name("w:p"))
            if not "".join(t.text or "" for t in each.iter(name("w:t")))
            and find(each, "w:bookmarkStart") is not None
        )
        lines = text.split("\n")
        empty.append(run_of(lines[0]))
        for line in reversed(lines[1:]):
            empty.addnext(make("w:p", {}, run_of(line)))

    def comment(self, words: str, author: str, text: str, *replies: str) -> None:
        """A comment on the words, with replies, each as `Author: text`."""
        runs = self._runs_of(self._paragraph(words), words)
        numbers = [self._comment(author, text, "")]
        for reply in replies:
            by, _, said = reply.partition(": ")
            numbers.append(self._comment(by, said, numbers[0]))
        for number in numbers:
            runs[0].addprevious(make("w:commentRangeStart", {"w:id": number}))
        for number in reversed(numbers):
            reference = make("w:r", {}, make("w:commentReference", {"w:id": number}))
            runs[-1].addnext(reference)
            runs[-1].addnext(make("w:commentRangeEnd", {"w:id": number}))

    def _comment(self, author: str, text: str, answers: str) -> str:
        if self._comments is None or self._extended is None:
            self._comments = etree.Element(name("w:comments"), nsmap={"w": name("w:p")[1:-2], "w14": _W14})
            self._extended = etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15})
        number = str(len(self._comments))
        made = make(
            "w:comment", {"w:id": number, "w:author": author, "w:date": _DATE, "w:initials": author[:1]}
        )
        paragraph = make("w:p", {}, run_of(text))
        paragraph.set(f"{{{_W14}}}paraId", f"0000A{int(number):03d}")
        made.append(paragraph)
        self._comments.append(made)
        about = etree.SubElement(self._extended, f"{{{_W15}}}commentEx")
        about.set(f"{{{_W15}}}paraId", f"0000A{int(number):03d}")
        if answers:
            about.set(f"{{{_W15}}}paraIdParent", f"0000A{int(answers):03d}")
        about.set(f"{{{_W15}}}done", "0")
        return number

    def _paragraph(self, words: str) -> Element:
        for paragraph in self._body.iter(name("w:p")):
            if words in _said(paragraph):
                return paragraph
        raise AssertionError(f"no paragraph says {words!r}")

    def _runs_of(self, paragraph: Element, words: str) -> list[Element]:
        """The runs of these words alone, split out of the runs that hold more."""
        begin = _said(paragraph).index(words)
        end = begin + len(words)
        at = 0
        found: list[Element] = []
        for run in list(paragraph.iter(name("w:r"))):
            texts = _texts(run)
            if len(texts) != 1 or _is_deleted(run):
                continue
            told = texts[0].text or ""
            low, high = max(begin - at, 0), min(end - at, len(told))
            if low < high:
                found.append(_cut(run, low, high))
            at += len(told)
        return found

    def _delete_run(self, run: Element, author: str) -> None:
        gone = self._tracked("w:del", author)
        run.addprevious(gone)
        gone.append(run)
        for text in _texts(run):
            text.tag = name("w:delText")

    def _tracked(self, tag: str, author: str, *inside: Element) -> Element:
        self._ids += 1
        return make(tag, {"w:id": str(self._ids), "w:author": author, "w:date": _DATE}, *inside)


def run_of(text: str) -> Element:
    made = make("w:r", {}, make("w:t"))
    made[0].text = text
    _keep_blanks(made)
    return made


def _cut(run: Element, low: int, high: int) -> Element:
    """The run with its letters from `low` to `high`; those before and behind get runs of their own."""
    text = _texts(run)[0].text or ""
    for piece, place in ((text[:low], "addprevious"), (text[high:], "addnext")):
        if piece:
            other = deepcopy(run)
            _texts(other)[0].text = piece
            _keep_blanks(other)
            getattr(run, place)(other)
    _texts(run)[0].text = text[low:high]
    _keep_blanks(run)
    return run


def _keep_blanks(run: Element) -> None:
    for text in _texts(run):
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _texts(run: Element) -> list[Element]:
    return [each for each in run if each.tag == name("w:t")]


def _is_deleted(run: Element) -> bool:
    parent = run.getparent()
    return parent is not None and local(parent) == "del"


def _said(paragraph: Element) -> str:
    return "".join(
        text.text or ""
        for run in paragraph.iter(name("w:r"))
        if not _is_deleted(run) and len(_texts(run)) == 1
        for text in _texts(run)
    )
