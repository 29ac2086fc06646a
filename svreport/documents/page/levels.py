"""The colours of the levels on a page."""

from svreport.model.level import Level, LevelScale, read_colour, text_on

_UNKNOWN = ("#FFFFFF", "#000000")


def level_class(level: Level, scale: LevelScale) -> str:
    """The class of a level by its place in the scale; one of another scale has the class behind the last."""
    return f"level-{scale.levels.index(level) if level in scale.levels else len(scale.levels)}"


def level_styles(scale: LevelScale) -> str:
    """The classes as a style sheet: each level's word on its colour, one of another scale black on white."""
    colours = [(colour, text_on(colour)) for level in scale.levels for colour in [_colour(level)]]
    return "\n".join(
        f".level-{position} {{ background: {fill}; color: {ink}; }}"
        for position, (fill, ink) in enumerate((*colours, _UNKNOWN))
    )


def _colour(level: Level) -> str:
    return read_colour(level.colour) or _UNKNOWN[0]
