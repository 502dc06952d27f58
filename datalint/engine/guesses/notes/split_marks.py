"""Notes about rows that say that they are of another split than their file is by its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import PurePath
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.support.names.metadata_keys import HELD_OUT, NESTS, SPLITS, TRAINING

#: Rows that are looked at.
_ROWS: Final = 200


def split_marks(path: str, rows: Iterable[Mapping[str, Any]], *, held: bool, alone: bool) -> str:
    """Return the note on rows of a training file that say that they are held out, or the reverse; empty for none.

    ``held`` says that the file is an evaluation set.
    If there is no evaluation set (``alone``), ``no-evaluation-set`` looks at the keys of training rows themselves.
    """
    wrong, use = HELD_OUT, "trained on"
    if held:
        wrong, use = TRAINING, "held out"
    elif TRAINING.isdisjoint(re.split(r"[^a-z]+", PurePath(path).name.lower())):
        return ""
    counts: dict[str, Counter[str]] = {}
    seen = 0
    for row in islice(rows, _ROWS):
        seen += 1
        for key, value in _marks(row, nested=alone and wrong is HELD_OUT):
            counts.setdefault(key, Counter())[value] += 1
    for key, said in counts.items():
        odd = sorted(value for value in said if value in wrong)
        if odd and said.keys() <= TRAINING | HELD_OUT:
            words = " or ".join(f'"{value}"' for value in odd)
            whole = f"the first {seen}" if seen == _ROWS else f"{seen}"
            return (
                f'"{excerpt(key, 40)}" is {words} in {sum(said[each] for each in odd)} of {whole} rows, which are {use}'
            )
    return ""


def _marks(row: Mapping[str, Any], *, nested: bool) -> Iterator[tuple[str, str]]:
    """Yield the keys that name a split, those in an object alone if ``nested``, and what they say."""
    places = [(f"{key}.", row[key]) for key in NESTS if isinstance(row.get(key), dict)]
    for prefix, value in places if nested else [("", row), *places]:
        for key in SPLITS:
            if isinstance(value.get(key), str):
                yield f"{prefix}{key}", value[key].strip().lower()
