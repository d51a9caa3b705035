import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.prompt import Part


def part_by_name(name: PurePosixPath, validation: Part = "heldOut") -> Part | None:
    """What the words of a file's name say, or else of its folder's: train, test, or one of the
    names for validation."""
    for text in (name.name, name.parent.name):
        words = set(re.split(r"[^a-z]+", text.lower()))
        if "test" in words:
            return "heldOut"
        if words & {"dev", "val", "validation"}:
            return validation
        if "train" in words:
            return "train"
    return None


def parts_by_name(
    names: Sequence[PurePosixPath], validation: Part = "heldOut"
) -> dict[PurePosixPath, Part]:
    """The files whose names say what they are; all, where no name does."""
    telling: dict[PurePosixPath, Part] = {}
    for name in names:
        part = part_by_name(name, validation)
        if part is not None:
            telling[name] = part
    return telling or dict.fromkeys(names, "unsplit")
