"""A Word file that people made, brought to plain paragraphs and tables: what wraps them is taken away."""

from collections.abc import Iterator

from svreport.word.archive import Archive
from svreport.word.markup import NAMESPACES, Element, ancestor, find, local, make, name, remove, unwrap, value
from svreport.word.revisions import accept_revisions

_WRAPPERS = tuple(name(f"w:{tag}") for tag in ("smartTag", "customXml", "dir", "bdo"))
_MC = f"{{{NAMESPACES['mc']}}}"
_ON = ("1", "true", "on", "")
_TICKED, _UNTICKED = "☒", "☐"


def plain_story(archive: Archive, part: str) -> Element:
    """The root of a story with its tracked changes accepted, nothing around its paragraphs and tables but cells,
    text boxes' paragraphs behind the one they hang on, and fields of forms as the words they show.
    """
    root = archive.tree(part)
    accept_revisions(root)
    _choose(root)
    for control in list(root.iter(name("w:sdt"))):
        _open_control(control)
    for element in list(root.iter(*_WRAPPERS)):
        for properties in [each for each in element if local(each) in ("smartTagPr", "customXmlPr")]:
            remove(properties)
        unwrap(element)
    _show_form_fields(root)
    _take_out_boxes(root)
    return root


def elements_of(holder: Element) -> Iterator[Element]:
    """The paragraphs, tables and other things that stand in a body, cell, header or text box, in order."""
    for element in holder:
        if local(element) not in ("", "tcPr", "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr"):
            yield element


def _choose(root: Element) -> None:
    """Of what Word keeps twice, for itself and for older programs, the first."""
    for both in list(root.iter(f"{_MC}AlternateContent")):
        parent = both.getparent()
        chosen = next(iter([*both.iterfind(f"{_MC}Choice"), *both.iterfind(f"{_MC}Fallback")]), None)
        if parent is None:
            continue
        at = parent.index(both)
        parent[at : at + 1] = [] if chosen is None else list(chosen)


def _open_control(control: Element) -> None:
    """Puts a content control's content in its place; the prompt of one that nobody filled in is no content."""
    content = find(control, "w:sdtContent")
    prompt = find(control, "w:sdtPr/w:showingPlcHdr")
    if content is not None and prompt is not None and prompt.get(name("w:val"), "") in _ON:
        for run in [*content.iter(name("w:r"))]:
            remove(run)
    if content is None:
        remove(control)
        return
    parent = control.getparent()
    if parent is not None:
        at = parent.index(control)
        parent[at : at + 1] = list(content)


def _show_form_fields(root: Element) -> None:
    """A tick box or drop-down list of Word's older forms shows what is chosen, behind the field's beginning."""
    for data in list(root.iter(name("w:ffData"))):
        run = ancestor(data, "w:r")
        text = _chosen(data)
        if run is not None and text:
            shown = make("w:r")
            word = make("w:t")
            word.text = text
            shown.append(word)
            run.addprevious(shown)


def _chosen(data: Element) -> str:
    box = find(data, "w:checkBox")
    if box is not None:
        told = find(box, "w:checked")
        told = find(box, "w:default") if told is None else told
        return _TICKED if told is not None and told.get(name("w:val"), "") in _ON else _UNTICKED
    entries = [each.get(name("w:val"), "") for each in data.iter(name("w:listEntry"))]
    chosen = value(data, "w:ddList/w:result") or "0"
    return (
        entries[int(chosen)] if chosen.isascii() and chosen.isdigit() and int(chosen) < len(entries) else ""
    )


def _take_out_boxes(root: Element) -> None:
    """The paragraphs and tables of text boxes go behind the paragraph that holds the box."""
    for box in reversed(list(root.iter(name("w:txbxContent")))):
        holder = ancestor(box, "w:p")
        if holder is None:
            continue
        for element in reversed(list(box)):
            holder.addnext(element)
        remove(box)
