"""What is said of files that are not read, and of files in the wrong place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import printable
from datalint.setup.neighbours import columns_of, is_too_large, most_bytes
from datalint.setup.possible_evaluation import with_rows_of
from datalint.setup.siblings import not_compared
from datalint.sources.split_choice import parted

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source
from datalint.setup.evaluation import locate, open_near

#: Files that a note names.
_NAMED: Final = 3


def left_out(
    settings: Settings, paths: Sequence[str], sources: Sequence[Source], evaluation: Sequence[Source] | None = None
) -> list[str]:
    """Return notes on files next to the data that are not compared with it.

    One is the evaluation set and cannot be read, or is next to the evaluation set that is read: it belongs to the
    training file by its name, but has other columns or is too large to be looked at, or it may be an evaluation set
    and has rows of the data. ``evaluation`` is the evaluation set that :func:`find_evaluation` opened, if it did.
    """
    if settings.eval is not None or len(paths) != 1:
        return []
    place = locate(settings, paths, None, sources)
    if place.splits or not place.inputs:
        return []
    unread = {} if evaluation is None or not place.near else _unread(place.inputs, evaluation, settings)
    closed = [f"{printable(each.name)} was not compared: {why}" for each, why in unread.items()]
    read = [each for each in map(Path, place.inputs) if each not in unread]
    if not read:
        return closed
    used = _names([each.name for each in read])
    shared = with_rows_of(settings, sources[0], read) if len(sources) == 1 and Path(paths[0]).is_file() else []
    notes = [*closed, *_shared_notes(shared, Path(paths[0]).name, used)]
    reasons: dict[str, list[Path]] = {}
    for each in not_compared(paths[0], [*read, *unread]):
        if (why := _why_not(each, paths[0], settings, sources)) is not None:
            reasons.setdefault(why, []).append(each)
    for why, others in reasons.items():
        options = _words([str(each) for each in others], "--eval ")
        notes.append(f"{_names([each.name for each in others])} next to {used} {why} and was not compared: {options}")
    return notes


def _shared_notes(shared: Sequence[tuple[Path, int]], name: str, used: str) -> Iterator[str]:
    """Yield notes on files that have rows of the training file ``name``: one for all that differ in a number.

    These are parts of a cross-validation, in which the training file of one has the rows of all others.
    """
    numbered: dict[str, list[tuple[Path, int]]] = {}
    for each, common in shared:
        numbered.setdefault(re.sub(r"\d+", "0", each.name), []).append((each, common))
    for alike in islice(numbered.values(), _NAMED):
        first, common = alike[0]
        rows = f"{common:,} {'row' if common == 1 else 'rows'}"
        option = _words([str(first)], "--eval ")
        if len(alike) == 1:
            has = f"has {rows} that {printable(name)} has too"
            yield f"{printable(first.name)} next to {used} {has} and was not compared: {option}"
        else:
            names = _names([each.name for each, _ in alike])
            yield (
                f"{names} next to {used} have rows that {printable(name)} has too, as the parts of a cross-validation "
                f"do, and were not compared; to compare one: {option}"
            )


def _unread(inputs: Sequence[str], evaluation: Sequence[Source], settings: Settings) -> dict[Path, str]:
    """Return the inputs of an evaluation set that were not opened, with the reason for each."""
    opened = {place for source in evaluation for place in (Path(source.path), *Path(source.path).parents)}
    found = {each: open_near(each, settings) for each in inputs if Path(each) not in opened}
    return {Path(each): why for each, why in found.items() if isinstance(why, str)}


def _why_not(other: Path, path: str, settings: Settings, sources: Sequence[Source]) -> str | None:
    """Return why a file is not read with the evaluation set; None if no row of the data has columns to compare."""
    if is_too_large(other, most_bytes(path)):
        return "is very large"
    data = sources[0] if len(sources) == 1 else None
    if columns_of(str(other), settings, like=data):
        return "has other columns"
    return "has no rows that can be read" if columns_of(sources[0] if len(sources) == 1 else path, settings) else None


def misplaced(settings: Settings, files: Sequence[str]) -> list[str]:
    """Return a note on training files with names of evaluation sets, with the command to type.

    No note where an evaluation set or the kind of data was named, or where no name of the others says that it is for
    training.
    """
    given = {Path(path).absolute(): path for path in files if "://" not in path and not path.startswith("<")}
    if settings.eval is not None or settings.kind is not None or len(given) < 2:
        return []
    folder = Path(os.path.commonpath([path.parent for path in given]))
    kept, kinds = parted(folder, list(given), are_all=False)
    held = [path for each in kinds.values() for path in each]
    if not held:
        return []
    inputs = _words([given[path] for path in kept], "")
    options = _words([given[path] for path in held], "--eval ")
    names = _names([given[path] for path in held])
    verb = "is" if len(held) == 1 else "are"
    return [f"{names} {verb} checked as training data; to evaluate instead: datalint check {inputs} {options}"]


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(printable, names[:_NAMED])) + more


def _words(paths: Sequence[str], option: str) -> str:
    """Return paths as words of a shell command, each after an option."""
    import shlex

    words = [f"{option}{printable(shlex.quote(path))}" for path in paths[:_NAMED]]
    return " ".join([*words, *(["..."] if len(paths) > _NAMED else [])])
