"""Templates that were found without a fault, noted in the user's cache: one of the same bytes is not checked again."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from svreport.figures.cache import ChartCache, user_folder
from svreport.packs.loading import Pack
from svreport.pipeline.programs import made_by
from svreport.word.template import Filled, Template


def open_and_fill(path: Path, pack: Pack, context: Any) -> tuple[Template, Filled]:
    """A Word template of the pack, opened and filled. Raises TemplateFault with every fault of its tags.

    The tags are checked unless a note says that these programs checked these very bytes, in this pack and for such a
    context, and found no fault. A note is only ever asked for, by a digest of all of that: it holds nothing.
    """
    template, kind = Template.open(path), type(context)
    told = (made_by(), pack.digest(), kind.__module__, kind.__qualname__, template.name, template.digest)
    note = sha256("\n".join(told).encode()).hexdigest()
    notes = ChartCache(user_folder().with_name("templates"))
    is_noted = notes.get(note) is not None
    if is_noted:
        template.take_as_sound(kind)
    filled = template.fill_in(context)
    if not is_noted:
        notes.put({note: b""})
    return template, filled
