"""One JSON path has different types in different rows.

## What it does

Records the JSON type of every value by its path, over all rows, and reports each path with more than one type, with
the first row of each type; of several paths below one key that is neither messages nor tools, the first, with their
number. Three paths or more with the same types in as many values, from the same rows on, are one finding. Integers and
fractions count as one type, and `null` is allowed with every type, as in Arrow.

## Why it matters

`datasets` reads JSON through Arrow, where a column has one type: "JSON parse error: Column(/image) changed from string
to array" (datasets#7322, LLaMA-Factory#8805, ms-swift#8326) ends the run. A typical case is `image`, which is a path
in some rows and a list of paths in others.

## Bad

```jsonl
{"prompt": "What is it?", "completion": "A dock.", "image": "1.png"}
{"prompt": "And these?", "completion": "Two docks.", "image": ["2.png", "3.png"]}
```

## Good

```jsonl
{"prompt": "What is it?", "completion": "A dock.", "image": ["1.png"]}
{"prompt": "And these?", "completion": "Two docks.", "image": ["2.png", "3.png"]}
```

## What to do

Write one type everywhere: all numbers as strings, all images as lists, free-form objects as JSON text. Leave out an
object that the model does not need.

## Known limits

Notes:
- values whose type another key names, such as `eval_type`
- lists of one length with a type for each place (`["crane", 3, [4, 5]]`), and such lists in an object below a key that
  is neither messages nor tools, as in parse trees

Not reported, although Arrow rejects some of them:
- a message's `content` that is a text in one turn and a list of parts in another, as providers document
- defaults and examples in the schema of a tool
- lists in lists, and lists of objects outside of messages and tools, which often mix types by design
- a type that the shape of the rows does not allow: `wrong-type` reports it in each row
- values more than 32 levels deep, keys over 100 characters, and the longest paths beyond `max-paths`

At most 50 paths are reported. `datasets` 4.7 and later reads such a column as its type `Json`; older versions, Parquet
and most other Arrow readers reject it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from heapq import nsmallest
from typing import Final

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    Options,
    Places,
    Severity,
    counted,
    excerpt,
    frozen,
    json_path,
    listed,
    mutable,
    option,
    others,
    rule,
)
from datalint.rules.common.keys.deciding_keys import Deciding, deciding_key, joined_deciding, kinds_decided
from datalint.rules.common.keys.fixed_lists import types_by_place
from datalint.rules.common.keys.value_kinds import Kinds, collect_kinds, kind_of
from datalint.rules.common.lazy_pattern import lazy_pattern

_MOST_HITS = 50
#: Keys of a JSON Schema that hold a value of the type that it describes.
_SAMPLES = frozenset(("default", "enum", "const", "example", "examples"))
#: A key in what a content lists, and those of parts; others are of results of tools.
_IN_CONTENT = lazy_pattern(r"\]\.content\[\]\.(\w+)")
_PARTS = frozenset(
    """type text image image_url video audio input_audio file document thinking reasoning refusal value id name input content
    tool_use_id toolUse toolResult reasoningContent cachePoint guardContent source""".split()
)
#: Keys of lists of objects that trainers read.
_TURNS = (
    "messages", "conversations", "conversation", "contents", "tools", "chosen", "rejected", "prompt", "completion",
)  # fmt: skip
#: What to do with an object that programs read as it is.
_REMEDY: Final = "; programs may need it as it is: to load the file with Arrow, leave the key out"
#: The shape of rows of which nothing is learned.
_UNREAD: Final = "unknown"
#: What to do with one that is an answer.
_LEARNED: Final = "; the answers have it, and the model learns all of its types: give it one in all rows"
#: Other paths with the same types from which on all are one finding.
_FEWEST: Final = 2
#: A path of plain keys and lists, and rows whose lists are looked at.
_PLAIN: Final = r"\$(?:\.\w+|\[\])+"
_LOOKED_AT: Final = 200
_READ: Final = frozenset(f"$.{key}" for key in _TURNS)


@frozen
class TypeDriftOptions(Options):
    """How much is looked at."""

    max_paths: int = option(10_000, "paths that are followed, the shortest first", source="a bound on memory")


@mutable
class _Partial:
    """Path → JSON type → how many values, and the row of the first; of ``rows`` rows, and at most ``most`` paths.

    ``refused`` counts the values of a type that the schemas of their rows refuse, by path and type, and those that are
    NaN.
    """

    rows: int
    most: int
    paths: dict[str, Kinds]
    refused: Counter[tuple[str, str]]

    deciding: Deciding = field(default_factory=dict)

    def right(self, path: str) -> Kinds:
        """Return the types under a path without those that are errors in all their rows."""
        return {kind: seen for kind, seen in self.paths[path].items() if self.refused[path, kind] < seen[0]}


@rule("FMT108", "type-drift", severity=Severity.WARNING, since="0.1", each="path")
def type_drift(data: Dataset, options: TypeDriftOptions) -> Iterator[Hit]:
    """Yield a hit for each path with several types, at the first row of the rarest."""
    measured: _Partial | None = data.measured
    paths = {} if measured is None else {path: measured.right(path) for path in measured.paths}
    paths = _without_nans(data, paths)
    mixed = sorted(path for path, kinds in paths.items() if len(kinds) > 1 and not _is_documented(path, set(kinds)))
    below = Counter(map(_key, mixed))
    mixed = list({_key(path): path for path in reversed(mixed)}.values())[::-1]
    alike = _alike(mixed, paths)
    mixed = [path for path in mixed if path not in alike]
    places = Places(data)
    for path in mixed[:_MOST_HITS]:
        kinds = sorted(paths[path].items(), key=lambda item: (-item[1][0], item[1][1], item[0]))
        at = kinds[-1][1][1]
        words = ", ".join(
            f"{kind} in {counted(count, 'value')} (first on {places.of(first, at)})" for kind, (count, first) in kinds
        )
        rows = dict.fromkeys(first for _, (_, first) in kinds if first != at)
        said, severity, remedy = f"more than one type: {words}", None, ""
        if measured is not None and (key := deciding_key(measured.deciding, path)) is not None:
            said, severity = f'more than one type, as "{excerpt(key, 40)}" says: {words}', Severity.INFO
        elif types := _of_places(data, path, at):
            said, severity = f"lists with one type for each place ({', '.join(types)})", Severity.INFO
            remedy = "; to load the file with Arrow, write an object with a key for each place"
        elif re.search(r'\.|\["', path.removeprefix(_key(path))) is not None:
            severity, remedy = Severity.INFO, _LEARNED if _is_learned(data, path, at) else _REMEDY
        more = below[_key(path)] - 1
        also = f"; also {counted(more, 'other path')} below this key" if more else ""
        if same := [other for other, first in alike.items() if first == path]:
            also += f"; the same in {counted(len(same), 'other key')}: {listed(same, len(same), 5)}"
        yield Hit(f"{said}{also}{remedy}", path=path, at=at, related=others(rows), severity=severity)
    if len(mixed) > _MOST_HITS:
        yield Hit(f"{len(mixed) - _MOST_HITS:,} more paths have more than one type")


def _alike(mixed: list[str], paths: Mapping[str, Kinds]) -> dict[str, str]:
    """Return the paths that have the same types in as many values from the same rows on as two others: one cause.

    The first of them is the value under each.
    """
    found: dict[tuple[tuple[str, tuple[int, int]], ...], list[str]] = {}
    for path in mixed:
        found.setdefault(tuple(sorted(paths[path].items())), []).append(path)
    return {path: first for first, *others in found.values() if len(others) >= _FEWEST for path in others}


def _of_places(data: Dataset, path: str, at: int) -> Sequence[str]:
    """Return the types of the places of lists under a path, if those of all rows that are looked at agree."""
    if not path.endswith("[]") or re.fullmatch(_PLAIN, path) is None:
        return ()
    rows = sorted({at, *range(0, len(data.examples), max(1, len(data.examples) // _LOOKED_AT))})
    return types_by_place(value for record in data.records(rows) for value in _values(record, path[:-2]))


def _is_learned(data: Dataset, path: str, row: int) -> bool:
    """Return whether the response of a row is JSON with the last key of a path."""
    if data.examples["shape"][row] == _UNREAD:
        return False
    keys = re.findall(r"\.(\w+)", path)
    [text] = data.texts([row])
    return bool(keys) and text.response.lstrip()[:1] in ("{", "[") and f'"{keys[-1]}"' in text.response


def _key(path: str) -> str:
    """Return the top-level key of a path, or the path itself in messages and tools, where each is read."""
    top = re.match(r'\$(?:\.\w+|\["(?:[^"\\]|\\.)*"\])', path)
    return path if top is None or top[0] in _READ else top[0]


def _without_nans(data: Dataset, paths: dict[str, Kinds]) -> dict[str, Kinds]:
    """Return the types under the paths without numbers that are NaN where they come first, which nan-literal reports."""
    numbers = {path: kinds["number"][1] for path, kinds in paths.items() if len(kinds) > 1 and "number" in kinds}
    rows = sorted(set(nsmallest(_MOST_HITS, numbers.values())))
    records = dict(zip(rows, data.records(rows), strict=True)) if rows else {}
    found = dict(paths)
    for path, row in numbers.items():
        values = [value for value in _values(records.get(row), path) if isinstance(value, int | float)]
        if values and all(value != value for value in values):
            found[path] = {kind: seen for kind, seen in paths[path].items() if kind != "number"}
    return found


def _values(record: object, path: str) -> list[object]:
    """Return the values of a row under a path of plain keys and lists."""
    values = [record]
    for key in re.findall(r"\.(\w+)|\[\]", path):
        inner = [value.get(key) for value in values if isinstance(value, dict)] if key else []
        values = inner if key else [each for value in values if isinstance(value, list) for each in value]
    return [] if '"' in path else values


def _is_documented(path: str, kinds: set[str]) -> bool:
    """Return whether more than one type under a path is documented by providers, or usual."""
    if "[][]" in path or ("[]" in path[:-2] and not path.startswith(tuple(f"$.{key}[]" for key in _TURNS))):
        return True
    if (inner := _IN_CONTENT.search(path)) is not None and inner[1] not in _PARTS:
        return True  # the result of a tool
    if path.endswith("].content"):
        return kinds == {"string", "array"}
    return path.startswith("$.tools") and not _SAMPLES.isdisjoint(path.replace("[]", "").split("."))


@type_drift.measure
def measure(chunk: Chunk, options: TypeDriftOptions) -> _Partial:
    """Note the types of a chunk's values."""
    paths = _bounded(collect_kinds(chunk.structure), options.max_paths)
    refused = _refused(chunk, paths) + _nans(chunk)
    return _Partial(len(chunk.records), options.max_paths, paths, refused, kinds_decided(chunk.structure))


def _refused(chunk: Chunk, paths: Mapping[str, Kinds]) -> Counter[tuple[str, str]]:
    """Count the values under top-level keys whose type the schema of their row refuses, by path and type."""
    found: Counter[tuple[str, str]] = Counter()
    types = chunk.schema_types()
    distinct = list(dict(zip(map(id, types), types, strict=True)).values())
    for key in sorted({key for each in distinct for key in each}):
        path = json_path((key,))
        usual = frozenset.intersection(*(each[key] for each in distinct if key in each))
        if usual.issuperset(paths.get(path, ())):
            continue
        for group in chunk.structure.groups:
            if key in group.keys:
                for row, value in zip(group.rows, group.column(key), strict=True):
                    kind = kind_of(value)
                    if kind is not None and kind not in types[row].get(key, (kind,)):
                        found[path, kind] += 1
    return found


def _nans(chunk: Chunk) -> Counter[tuple[str, str]]:
    """Count the values under top-level keys that are NaN, which nan-literal reports."""
    found: Counter[tuple[str, str]] = Counter()
    for group in chunk.structure.groups:
        for key in group.keys:
            if float in group.kinds(key):
                count = sum(isinstance(value, float) and value != value for value in group.column(key))
                found[json_path((key,)), "number"] += count
    return found


@type_drift.merge
def merge(one: _Partial, other: _Partial) -> _Partial:
    """Add up; rows of ``other`` come after those of ``one``."""
    for path, theirs in other.paths.items():
        mine = one.paths.setdefault(path, {})
        for kind, (count, first) in theirs.items():
            known = mine.get(kind)
            mine[kind] = (count, first + one.rows) if known is None else (known[0] + count, known[1])
    refused = one.refused + other.refused
    deciding = joined_deciding(one.deciding, other.deciding)
    return _Partial(one.rows + other.rows, one.most, _bounded(one.paths, one.most), refused, deciding)


def _bounded(paths: dict[str, Kinds], most: int) -> dict[str, Kinds]:
    """Keep the shortest paths: a choice that is the same however chunks are merged."""
    if len(paths) <= most:
        return paths
    return {path: paths[path] for path in nsmallest(most, paths, key=lambda path: (len(path), path))}
