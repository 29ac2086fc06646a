"""Several finished documents become one, and each stays what it was."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from docx.enum.style import WD_STYLE_TYPE

from svreport.word import accessibility
from svreport.word.joining import join
from svreport.word.markup import find_all, name, value
from svreport.word.opening import read_word
from svreport.word.template import Template
from svreport.word.text import plain_text, text_of
from tests.word.samples import blank, full_template, numbered, picture, properties, sample, words


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Two full documents with headers of their own, and a plain one without any."""
    folder = tmp_path_factory.mktemp("parts")
    made = []
    for number in (1, 2):
        template = Template.open(
            full_template(folder / f"{number}.docx", f"PART {number}: {{{{ authority }}}}")
        )
        made.append(template.render(sample(number), properties(f"Part {number}")))
    document = blank()
    document.styles.add_style("Only here", WD_STYLE_TYPE.PARAGRAPH).font.bold = True
    document.add_paragraph("{{ authority }} at the end", style="Only here")
    document.add_paragraph("{{ signed_off }}")
    document.save(str(folder / "3.docx"))
    made.append(Template.open(folder / "3.docx").render(sample(1), properties("Part 3")))
    return made


def test_nothing_is_lost_and_everything_stays_in_order(parts: list[bytes]) -> None:
    joined = join(parts, properties("Return"))
    assert plain_text(joined) == [text for part in parts for text in plain_text(part)]


def test_every_line_is_told_as_in_its_part(parts: list[bytes]) -> None:
    """Styles, list markers, tables, levels, links and pictures: all but the sections' lines."""

    def body(data: bytes) -> list[str]:
        lines = text_of(data).partition("=== document ===\n")[2].split("\n=== ")[0].strip().split("\n")
        return [line for line in lines if not line.startswith("---")]

    assert body(join(parts, properties())) == [line for part in parts for line in body(part)]


def test_each_part_keeps_its_own_header_on_pages_of_its_own(parts: list[bytes]) -> None:
    archive = read_word(join(parts, properties()), "joined")
    sections = list(archive.body.iter(name("w:sectPr")))
    assert len(sections) == 3
    told = []
    for section in sections:
        assert value(section, "w:type") in (None, "nextPage")
        (reference,) = find_all(section, "w:headerReference")
        header = archive.relationship(archive.main, reference.get(name("r:id"), ""))
        assert header is not None
        told.append("".join(each.text or "" for each in archive.tree(header.target).iter(name("w:t"))))
    assert told == ["PART 1: Wiltshire", "PART 2: Wiltshire", ""]


def test_a_style_that_the_first_lacks_is_added_and_no_other(parts: list[bytes]) -> None:
    styles = read_word(join(parts, properties()), "joined")
    part = styles.part_of("styles")
    assert part is not None
    told = [value(each, "w:name") for each in find_all(styles.tree(part), "w:style")]
    assert told.count("Only here") == 1
    assert len(told) == len(set(told))


def test_ids_are_unique_and_pictures_kept_once(parts: list[bytes]) -> None:
    archive = read_word(join([*parts, parts[0]], properties()), "joined")
    drawings = [each.get("id") for each in archive.body.iter(name("wp:docPr"))]
    assert drawings == [str(at) for at in range(1, len(drawings) + 1)]
    assert sum(part.startswith("word/media/") for part in archive.parts) == 1
    bookmarks = [each.get(name("w:id")) for each in archive.body.iter(name("w:bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))


def test_lists_count_afresh_in_every_part(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("of the office's own", style="List Number")
    for tag in ("{%p for item in items %}", "{{ item.progress }}", "{%p endfor %}"):
        document.add_paragraph(tag)
    document.save(str(tmp_path / "lists.docx"))
    part = Template.open(tmp_path / "lists.docx").render(
        sample(1, (numbered("a", "b", "c"), numbered("d"))), properties()
    )
    markers = re.findall(r"\] (\d+\.) [abcd]\n", text_of(join([part, part], properties())))
    assert markers == ["1.", "2.", "3.", "1."] * 2


def test_footnotes_of_templates_come_along(tmp_path: Path) -> None:
    from svreport.word.archive import KIND, WORD_TYPE

    notes = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        b'<w:footnote w:id="2"><w:p><w:r><w:t>Note of %s</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    parts = []
    for at in (b"one", b"two"):
        blank().save(str(tmp_path / "note.docx"))
        archive = read_word((tmp_path / "note.docx").read_bytes(), "note")
        archive.put("word/footnotes.xml", WORD_TYPE + "footnotes+xml", notes % at)
        archive.relate(archive.main, KIND + "footnotes", "word/footnotes.xml")
        from svreport.word.markup import add

        paragraph = add(archive.body, "w:p")
        archive.body.insert(0, paragraph)
        add(add(paragraph, "w:r"), "w:footnoteReference", {"w:id": "2"})
        parts.append(archive.to_bytes())
    archive = read_word(join(parts, properties()), "joined")
    named = [each.get(name("w:id")) for each in archive.body.iter(name("w:footnoteReference"))]
    kept = {
        each.get(name("w:id")): "".join(text.text or "" for text in each.iter(name("w:t")))
        for each in archive.tree("word/footnotes.xml")
    }
    assert [kept[each] for each in named] == ["Note of one", "Note of two"]


def test_the_whole_is_valid_and_accessible(
    parts: list[bytes], tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    joined = join(parts, properties("Return"))
    path = tmp_path / "joined.docx"
    path.write_bytes(joined)
    assert ooxml_faults([path]) == []
    told = [fault for part in parts for fault in accessibility.faults(part)]
    assert {*accessibility.faults(joined)} == {*told} - {"the document has no heading"}


def test_the_same_parts_give_the_same_bytes(parts: list[bytes]) -> None:
    assert join(parts, properties()) == join(parts, properties())
    assert join(parts[:1], properties("Part 1")) != join(parts[:1], properties("Part 2"))


def test_one_part_alone_stays_as_it_is(tmp_path: Path) -> None:
    template = Template.open(full_template(tmp_path / "full.docx"))
    part = template.render(sample(1, (words("x"), picture())), properties())
    joined = text_of(join([part], properties()))
    assert joined.partition("---")[0] == text_of(part).partition("---")[0]
