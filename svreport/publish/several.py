"""Several packs in one folder of outputs: what each was made from is kept apart."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from svreport.publish.manifest import Manifest, PackState, Written

RETURN = "safety-valve"
"""The pack of the return, whose content code the manifest shows where it was built too."""

PACK = "pack/"
"""How the inputs of a manifest that are packs begin."""


def merged(before: Manifest, now: Manifest, pack: str, replaced: Collection[str]) -> Manifest:
    """The manifest of a build of one pack, with what still holds of the others.

    Those are the ones made from the same workbook, without those that are `replaced`.
    """
    others: dict[str, str] = {}
    if without_packs(before.inputs) == without_packs(now.inputs):
        gone = {f"{PACK}{name}" for name in replaced}
        others = {
            name: digest
            for name, digest in before.inputs.items()
            if name.startswith(PACK) and name not in gone
        }
    states = {name: state for name, state in before.packs.items() if f"{PACK}{name}" in others}
    states[pack] = PackState(now.content_code, now.errors)
    shown = states.get(RETURN, states[pack])
    return replace(
        now,
        inputs={**others, **now.inputs},
        packs=states,
        content_code=shown.content_code,
        errors=shown.errors,
    )


def replaced_by(files: Mapping[str, Written], pack: str, before: Manifest) -> set[str]:
    """The packs of which a file does not stand there any more, because this one makes another of the same name."""
    return {
        was.pack
        for path, now in files.items()
        if (was := before.files.get(path)) is not None and was.pack != pack and was.sha256 != now.sha256
    }


def without_packs(inputs: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in inputs.items() if not name.startswith(PACK)}
