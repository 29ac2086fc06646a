"""Assurance levels as the form shows them: the level's word on its colour, and the levels of a year in one cell."""

from typing import TYPE_CHECKING

from svreport.model.level import Level
from svreport.narrative.blocks import Run
from svreport.word.bookmarks import bookmark_each
from svreport.word.fields import Shade, Stack
from svreport.word.markup import Element, put
from svreport.word.paragraphs import add_runs, add_text, paragraph_of, properties_of, run_properties
from svreport.word.styles import LEVEL, LEVEL_LABEL

if TYPE_CHECKING:
    from svreport.word.writing import Spot


def stack_elements(stack: Stack, spot: "Spot") -> list[Element]:
    """Label and level, update under update.

    No label is kept with its level by `keepNext`: in a table Word would keep the whole row with the next one, and so
    every condition with the one after it.
    """
    elements: list[Element] = []
    for step in stack.steps:
        if step.label:
            label = paragraph_of(spot, spot.style_for(LEVEL_LABEL))
            add_text(label, step.label, run_properties(spot))
            elements.append(label)
        if step.level is not None:
            shown = _level_paragraph(step.level, spot)
            if step.bookmark:
                bookmark_each([shown], step.bookmark)
            elements.append(shown)
        elif step.mark:
            marked = paragraph_of(spot, spot.style_for(LEVEL))
            add_runs(marked, [Run(step.mark, mark=True)], spot)
            elements.append(marked)
    return elements


def shade_elements(shade: Shade, spot: "Spot") -> list[Element]:
    """One level's word on its colour."""
    return [_level_paragraph(shade.level, spot)]


def _level_paragraph(level: Level, spot: "Spot") -> Element:
    paragraph = paragraph_of(spot, spot.style_for(LEVEL))
    fill = {"w:val": "clear", "w:color": "auto", "w:fill": level.colour.lstrip("#")}
    put(properties_of(paragraph), "w:shd", fill)
    look = run_properties(spot)
    put(look, "w:color", {"w:val": level.text_colour.lstrip("#")})
    add_text(paragraph, level.name, look)
    return paragraph
