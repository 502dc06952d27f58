"""Folders with a folder for each example, whose parts are texts of the same names: ``ferry/text.txt``,
``ferry/code.txt``. Read by line, they would be as many plain texts, and a repeated line of a part a copy of a row."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.files import read_regular
from datalint.privacy.display import printable
from datalint.sources.data_files import TEXT
from datalint.sources.side_names import side_names
from datalint.sources.split_words import TRAINING, kind_of
from datalint.support.names.column_names import Strength, strength

#: Folders that are needed, and the share of them, and of their texts, that have the names of the parts.
_LEAST: Final = 5
_MOSTLY: Final = 0.75
#: Parts of an example at least and at most, and bytes of one at most.
_PARTS: Final = (2, 6)
_LONGEST: Final = 1 << 16
#: Folders whose lines are counted at most, and how many of them may have parts with as many lines.
_COUNTED: Final = 100
_ALIGNED: Final = 0.5
#: The names of parts that are shown in a command.
_NAME: Final = r"[A-Za-z0-9_-]{1,40}\.\w{1,9}"
#: What the name of one of the parts means, at least.
_MEANINGS: Final = ("prompt", "response", "text", "written", "context")
_PROGRAM: Final = (
    "import json, pathlib, sys; "
    "[print(json.dumps({{p.stem: p.read_text('utf-8') for p in parts}})) "
    "for d in sorted(pathlib.Path(sys.argv[1]).iterdir()) for parts in [[d / n for n in {names}]] "
    "if all(p.is_file() for p in parts)]"
)


def refuse_parts(paths: Sequence[Path]) -> None:
    """Refuse data files if they are parts of examples, each in a folder of its own.

    Raises:
        DatalintError: with the command that writes these examples as JSON Lines.
    """
    places = {path.parent for path in paths}
    if len(places) < _LEAST or len({place.parent for place in places}) > 1 or not all(map(_may_be_part, paths)):
        return
    counts = Counter(path.name for path in paths)
    names = sorted(name for name, count in counts.items() if count >= _MOSTLY * len(places))
    known = sum(counts[name] for name in names)
    if not _PARTS[0] <= len(names) <= _PARTS[1] or known < _MOSTLY * len(paths) or not _name_parts(names):
        return
    found = {*paths}
    whole = [place for place in sorted(places) if all(place / name in found for name in names)]
    if not whole or _are_aligned(whole, names):
        return
    around = whole[0].parent
    raise DatalintError(_message(around, names, len(whole), len(places)))


def _may_be_part(path: Path) -> bool:
    try:
        return path.suffix.lower() in TEXT and path.is_file() and path.stat().st_size <= _LONGEST
    except OSError:
        return False


def _name_parts(names: Iterable[str]) -> bool:
    """Whether all names may be shown, none is of a split, and one says what is read or written."""
    stems = [Path(name).stem for name in names]
    if any(kind_of(stem) is not None or re.search(TRAINING, stem) for stem in stems):
        return False
    known = any(strength(stem, meaning) is Strength.WHOLE for stem in stems for meaning in _MEANINGS)
    return known and all(re.fullmatch(_NAME, name) for name in names)


def _are_aligned(places: Sequence[Path], names: Sequence[str]) -> bool:
    """Whether the parts in many folders have as many lines, so that each line has its own one in the other parts.

    Of single lines, names say that.
    """
    sides = set(side_names(names[0])) >= {*names[1:]}
    alike = 0
    for place in islice(places, _COUNTED):
        try:
            lines = {len(read_regular(place / name).splitlines()) for name in names}
        except OSError:
            continue
        alike += len(lines) == 1 and (sides or lines != {1})
    return alike > _ALIGNED * min(len(places), _COUNTED)


def _message(folder: Path, names: Sequence[str], whole: int, places: int) -> str:
    shown = folder.as_posix()
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    program = _PROGRAM.format(names=[*names])
    target = f"{folder.name or 'examples'}.jsonl"
    command = f'python -c "{program}" {shlex.quote(shown)} > {shlex.quote(target)}'
    some = f"{whole:,} of {places:,}" if whole < places else f"each of {places:,}"
    return (
        f"{printable(shown)} has an example in {some} folders, whose parts are {listed}, and lines of these are no "
        f"rows: write each as a row of JSON Lines (`{printable(command)}`), or name the files if each line is a text"
    )
