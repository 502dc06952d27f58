"""Compare two versions of a record: changes at JSON paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from datalint.compare.model import EditKind, What
from datalint.compare.writing import folded, unescaped
from datalint.privacy.display import excerpt
from datalint.records.canonical import as_text, exact_hash, is_same_json
from datalint.support.named_tuple import NamedTuple

#: Values of at most this many characters are shown before and after, like labels.
_LABEL: Final = 40
#: The minimum length and similarity (0 to 100) at which a text under a new key counts as a changed version of another.
_TEXT: Final = 20
_ALIKE: Final = 60
#: The number of characters that are compared of one text, and of all such texts of one row.
_COMPARED: Final = 10_000
_CANDIDATES: Final = 8
#: Two lists are compared index by index, instead of aligned, if the product of their lengths is larger.
_ALIGNED: Final = 4_000_000
_KEY: Final = 40
_PATH: Final = 120
#: Keys that identify an element of a list.
_TELLING: Final = ("type", "role", "from")

_KINDS: Final = {
    What.MOVED: EditKind.KEYS,
    What.ENCODED: EditKind.KEYS,
    What.REORDERED: EditKind.KEYS,
    What.DROPPED: EditKind.KEYS,
    What.ADDED: EditKind.KEYS,
    What.WHITESPACE: EditKind.WHITESPACE,
    What.ESCAPES: EditKind.ESCAPES,
    What.SPELLING: EditKind.SPELLING,
    What.VALUE: EditKind.VALUES,
    What.MOVED_CHANGED: EditKind.WORDS,
    What.FILLED: EditKind.WORDS,
    What.EMPTIED: EditKind.WORDS,
    What.WORDS: EditKind.WORDS,
}


class ValueChange(NamedTuple):
    """One change; ``old`` and ``new`` are paths, ``before`` and ``after`` the values if they are scalars."""

    what: What
    old: str | None
    new: str | None
    before: Any = None
    after: Any = None


class Leaf(NamedTuple):
    """A value at a path; ``root`` is the highest parent path that only one side has."""

    path: str
    root: str
    value: Any


@dataclass(slots=True)
class _Found:
    changed: list[tuple[str, Any, Any]] = field(default_factory=list)
    dropped: list[Leaf] = field(default_factory=list)
    added: list[Leaf] = field(default_factory=list)


def field_changes(old: dict[str, Any], new: dict[str, Any]) -> list[ValueChange]:
    """Return the changes from one record to the other.

    Lists are aligned by equal elements. If the old record has a value at one path and the new record has an equal
    value, or a similar long text, at another path, the value moved.
    """
    found = _walk(old, new)
    out = [_judge(path, before, after) for path, before, after in found.changed]
    moved = [*_moves(found), *_alike(found)]
    out += (ValueChange(what, a.path, b.path, a.value, b.value) for what, a, b in moved)
    roots = {leaf.root for _, *both in moved for leaf in both}
    out += (ValueChange(What.DROPPED, path, None) for path in _roots(found.dropped, roots))
    out += (ValueChange(What.ADDED, None, path) for path in _roots(found.added, roots))
    return out


def most_severe(found: list[ValueChange]) -> EditKind:
    """Return the most severe kind among the changes; ``Kind.KEYS`` if there are none."""
    return max((_KINDS[change.what] for change in found), key=lambda kind: kind.rank, default=EditKind.KEYS)


def _walk(old: Any, new: Any) -> _Found:
    found = _Found()
    stack: list[tuple[str, Any, Any]] = [("", old, new)]
    while stack:
        path, one, other = stack.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            shared = [key for key in one if key in other]
            stack += [(_join(path, key), one[key], other[key]) for key in reversed(shared)]
            for mine, theirs, into in ((one, other, found.dropped), (other, one, found.added)):
                for key in mine:
                    if key not in theirs:
                        into.extend(_leaves(_join(path, key), mine[key]))
        elif isinstance(one, list) and isinstance(other, list):
            stack += reversed(list(_lists(path, one, other, found)))
        elif type(one) is not type(other) or one != other:
            if isinstance(one, dict | list) or isinstance(other, dict | list):
                _reshaped(path, one, other, found)
            else:
                found.changed.append((path, one, other))
    return found


def _reshaped(path: str, one: Any, other: Any, found: _Found) -> None:
    if _decoded(one, other):
        found.changed.append((path, one, other))
        return
    found.dropped.extend(_leaves(path, one))
    found.added.extend(_leaves(path, other))


def _lists(path: str, one: list[Any], other: list[Any], found: _Found) -> Iterator[tuple[str, Any, Any]]:
    """Yield pairs of corresponding elements that differ, and elements that only one side has."""
    inside = f"{path}[]"
    for tag, start, end, from_, to in _steps(one, other):
        if tag == "replace":
            yield from ((inside, a, b) for a, b in zip(one[start:end], other[from_:to], strict=True))
        if tag == "delete":
            for item in one[start:end]:
                found.dropped.extend(_leaves(_labelled(path, item), item))
        if tag == "insert":
            for item in other[from_:to]:
                found.added.extend(_leaves(_labelled(path, item), item))


def _steps(one: list[Any], other: list[Any]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the fewest steps that turn one list into the other, or steps by index if finding those is expensive."""
    if len(one) * len(other) <= _ALIGNED:
        from rapidfuzz.distance import Levenshtein

        for step in Levenshtein.opcodes([*map(exact_hash, one)], [*map(exact_hash, other)]):
            yield step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
        return
    shared = min(len(one), len(other))
    yield "replace", 0, shared, 0, shared
    yield "delete", shared, len(one), shared, shared
    yield "insert", shared, shared, shared, len(other)


def _labelled(path: str, item: Any) -> str:
    """Return the path of a list element with the key that identifies it: ``content[type=tools]``."""
    if isinstance(item, dict):
        for key in _TELLING:
            if isinstance(item.get(key), str):
                return f"{path}[{key}={excerpt(item[key], 20)}]"
    return f"{path}[]"


def _join(path: str, key: str) -> str:
    whole = f"{path}.{excerpt(key, _KEY)}" if path else excerpt(key, _KEY)
    return whole if len(whole) <= _PATH else f"{whole[:_PATH]}…"


def _leaves(root: str, value: Any) -> Iterator[Leaf]:
    stack = [(root, value)]
    while stack:
        path, item = stack.pop()
        if isinstance(item, dict) and item:
            stack += [(_join(path, key), item[key]) for key in reversed(item)]
        elif isinstance(item, list) and item:
            stack += [(f"{path}[]", element) for element in reversed(item)]
        else:
            yield Leaf(path, root, item)


def _judge(path: str, before: Any, after: Any) -> ValueChange:
    if isinstance(before, str) and isinstance(after, str):
        return ValueChange(_text_change(before, after), path, path, before, after)
    if _decoded(before, after):
        return ValueChange(What.ENCODED, path, path)
    empty = [value in ("", None) for value in (before, after)]
    what = What.VALUE if empty[0] == empty[1] else What.FILLED if empty[0] else What.EMPTIED
    return ValueChange(what, path, path, before, after)


def _decoded(one: Any, other: Any) -> bool:
    """Return whether one side is the other one as JSON text."""
    text, value = (one, other) if isinstance(one, str) else (other, one)
    if not isinstance(text, str) or not isinstance(value, dict | list):
        return False
    try:
        return exact_hash(orjson.loads(text)) == exact_hash(value)
    except orjson.JSONDecodeError:
        return False


def _text_change(before: str, after: str) -> What:
    solid = ["".join(text.split()) for text in (before, after)]
    if not all(solid):
        return What.WHITESPACE if not any(solid) else What.FILLED if solid[1] else What.EMPTIED
    if solid[0] == solid[1]:
        return What.WHITESPACE
    if "".join(unescaped(before).split()) == "".join(unescaped(after).split()):
        return What.ESCAPES
    if folded(before) == folded(after):
        return What.SPELLING
    if is_same_json(before, after):
        return What.REORDERED
    return What.VALUE if max(len(before), len(after)) <= _LABEL else What.WORDS


def _moves(found: _Found) -> Iterator[tuple[What, Leaf, Leaf]]:
    """Yield values that moved to another path, and remove them from ``found``."""
    waiting: dict[tuple[str, str], list[Leaf]] = {}
    for leaf in reversed(found.added):
        waiting.setdefault(_identity(leaf.value), []).append(leaf)
    kept: list[Leaf] = []
    taken: list[Leaf] = []
    for leaf in found.dropped:
        twins = waiting.get(_identity(leaf.value))
        if twins and leaf.value not in ("", None, [], {}):
            twin = twins.pop()
            taken.append(twin)
            yield What.MOVED, leaf, twin
        else:
            kept.append(leaf)
    gone = {id(leaf) for leaf in taken}
    added = [leaf for leaf in found.added if id(leaf) not in gone]
    found.dropped, found.added = kept, added


def _identity(value: Any) -> tuple[str, str]:
    return type(value).__name__, as_text(value)


def _alike(found: _Found) -> Iterator[tuple[What, Leaf, Leaf]]:
    """Yield long texts that moved and also changed."""
    from rapidfuzz import fuzz

    old, new = (
        [leaf for leaf in leaves if isinstance(leaf.value, str) and len(leaf.value) >= _TEXT][:_CANDIDATES]
        for leaves in (found.dropped, found.added)
    )
    scores = sorted(
        ((fuzz.ratio(a.value[:_COMPARED], b.value[:_COMPARED], score_cutoff=_ALIKE), i, j)
         for i, a in enumerate(old) for j, b in enumerate(new)),
        key=lambda each: (-each[0], each[1], each[2]),
    )  # fmt: skip
    used: set[int] = set()
    for score, i, j in scores:
        if score and id(old[i]) not in used and id(new[j]) not in used:
            used |= {id(old[i]), id(new[j])}
            yield What.MOVED_CHANGED, old[i], new[j]
    found.dropped = [leaf for leaf in found.dropped if id(leaf) not in used]
    found.added = [leaf for leaf in found.added if id(leaf) not in used]


def _roots(leaves: list[Leaf], moved: set[str]) -> Iterator[str]:
    """Yield the highest path above each leaf, without repeats.

    Keys that only identify an object (type, role) are left out if the object itself moved.
    """
    shown = (leaf for leaf in leaves if leaf.root not in moved or leaf.path.rpartition(".")[2] not in _TELLING)
    yield from dict.fromkeys(leaf.root for leaf in shown)
