"""Several packs in one folder of outputs: what each was made from is kept apart."""

from collections.abc import Mapping
from dataclasses import replace

from svreport.publish.manifest import Manifest, PackState

RETURN = "safety-valve"
"""The pack of the return, whose content code the manifest shows where it was built too."""

PACK = "pack/"
"""How the inputs of a manifest that are packs begin."""


def merged(before: Manifest, now: Manifest, pack: str) -> Manifest:
    """The manifest of a build of one pack, with what still holds of the others: those made from the same workbook."""
    others: dict[str, str] = {}
    if without_packs(before.inputs) == without_packs(now.inputs):
        others = {name: digest for name, digest in before.inputs.items() if name.startswith(PACK)}
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


def without_packs(inputs: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in inputs.items() if not name.startswith(PACK)}
