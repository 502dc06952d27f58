"""Two keys of a row differ only in case, separator or plural.

## What it does

Compares the keys of each row, ignoring case, separators (`std_answer`, `stdAnswer`) and a plural s. Reports keys that
are then equal and both have a value, if one of them is the prompt, the response or another text of the row. Keys that
differ only in the plural are reported if both contain text. The message says which key was read.

## Why it matters

One of the two values is lost: each trainer reads only one of the keys, and not all trainers read the same one. The
usual causes of two versions of a column are joined tables and an export that was repaired by hand.

## Bad

```jsonl
{"question": "Is the dock full?", "Question": "Is the station full?", "answer": "No."}
```

## Good

```jsonl
{"question": "Is the dock full?", "answer": "No."}
```

## What to do

Keep one of the keys. To choose which one datalint checks, use `--columns`.

## Known limits

Keys below the top level are not compared. Values are not compared either, so the two may be equal. A key with the
answers of workers, next to one for the right answers (`relations` and `relations_gold`), is another one than
`relation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    json_path,
    mutable,
    option,
    rule,
)
from datalint.rules.common.keys.key_names import letters_of

_LONGEST = 60
#: The end of the name of the right answers to a question of a crowd.
_GOLD = "_gold"


class Seen(NamedTuple):
    """The number of rows with both keys, the first of them, and the key that was read."""

    total: int
    first: int
    read: str


@mutable
class _Partial:
    """Pairs of keys, at most ``most``, of ``rows`` rows."""

    rows: int
    most: int
    pairs: dict[tuple[str, str], Seen] = field(default_factory=dict)


@frozen
class ConflictingKeysOptions(Options):
    """How much is kept."""

    max_pairs: int = option(200, "pairs of keys that are counted, the first by name", source="a bound on memory")


@rule("FMT110", "conflicting-keys", severity=Severity.WARNING, since="0.1", each="key")
def conflicting_keys(data: Dataset, options: ConflictingKeysOptions) -> Iterator[Hit]:
    """Yield a hit for each pair of keys, at the first row that has both."""
    pairs: dict[tuple[str, str], Seen] = data.measured.pairs if data.measured else {}
    for (one, other), seen in sorted(pairs.items()):
        ignored = other if seen.read == one else one
        names = f'"{excerpt(one, 40)}" and "{excerpt(other, 40)}"'
        words = f'{counted(seen.total, "row")} with both {names}; "{excerpt(seen.read, 40)}" is read'
        yield Hit(words, at=seen.first, path=json_path((ignored,)), key=f"{one} {other}")


@conflicting_keys.measure
def measure(chunk: Chunk, options: ConflictingKeysOptions) -> _Partial:
    """Find the pairs of keys in a chunk."""
    found = _Partial(len(chunk.records), options.max_pairs)
    for group in chunk.structure.groups:
        for one, other in _alike(group.keys, options.max_pairs):
            if any(f"{key}{_GOLD}" in group.keys for key in (one, other)):
                continue
            columns = zip(group.rows, group.column(one), group.column(other), strict=True)
            plural = len(letters_of(one)) != len(letters_of(other))
            rows = [row for row, a, b in columns if a and b and (not plural or type(a) is type(b) is str)]
            read = _read(chunk, rows[0], (one, other)) if rows else None
            if read is not None:
                _add(found.pairs, (one, other), Seen(len(rows), rows[0], read))
    found.pairs = _bounded(found.pairs, found.most)
    return found


@conflicting_keys.merge
def merge(one: _Partial, other: _Partial) -> _Partial:
    """Add up; rows of ``other`` come after those of ``one``."""
    pairs = dict(one.pairs)
    for pair, seen in other.pairs.items():
        _add(pairs, pair, seen._replace(first=seen.first + one.rows))
    return _Partial(one.rows + other.rows, one.most, _bounded(pairs, one.most))


def _add(pairs: dict[tuple[str, str], Seen], pair: tuple[str, str], seen: Seen) -> None:
    known = pairs.get(pair)
    if known is None:
        pairs[pair] = seen
    else:
        first = min(known, seen, key=lambda each: each.first)
        pairs[pair] = Seen(known.total + seen.total, first.first, first.read)


def _bounded(pairs: dict[tuple[str, str], Seen], most: int) -> dict[tuple[str, str], Seen]:
    """Keep the first pairs by name: a choice that is the same however chunks are merged."""
    return pairs if len(pairs) <= most else {pair: pairs[pair] for pair in sorted(pairs)[:most]}


def _alike(keys: tuple[str, ...], most: int) -> list[tuple[str, str]]:
    """Return pairs of keys that are equal except for case, separators and a plural s."""
    known: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for key in keys:
        if len(key) <= _LONGEST and (folded := letters_of(key).removesuffix("s")):
            first = known.setdefault(folded, key)
            if first is not key:
                pairs.append((min(first, key), max(first, key)))
    return sorted(pairs)[:most]


def _read(chunk: Chunk, row: int, keys: tuple[str, str]) -> str | None:
    """Return which of two keys the turns of a row come from."""
    paths: list[str] = chunk.turns.filter(pl.col("example") == row)["path"].to_list()
    for key in keys:
        start = f"$.{key}"
        if any(path == start or path.startswith((f"{start}.", f"{start}[")) for path in paths):
            return key
    return None
