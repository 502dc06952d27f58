"""Keys that settings name and no row has, or has text under: an error, or a note if rows of other files have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.errors import DatalintError
from datalint.core.registry import quoted, suggestion
from datalint.engine.map.row_keys import DOT, first_names
from datalint.privacy.display import printable
from datalint.records.canonical import visible_surrogates
from datalint.records.places import listed
from datalint.shapes import mapped
from datalint.shapes.guess import JOIN, NESTED, SEVERAL, keys_of
from datalint.shapes.key_paths import top_of
from datalint.support.enumerations import enumerated

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.records.dataset import Dataset

#: The most keys that a message names.
_SHOWN: Final = 12
#: Files that a note names.
_FILES: Final = 3


class MissingKeyError(DatalintError):
    """A key that a setting names and no row has, or no row has text under.

    ``setting`` is its dotted name; ``reason`` is the message without the place."""

    def __init__(self, setting: str, key: str, reason: str) -> None:
        self.setting = setting
        self.key = key
        self.reason = reason
        super().__init__(f"{setting}: {reason}")


def _is_missing(setting: str, key: str, names: Sequence[str]) -> str:
    """Return the message that no row has a key, and the keys that rows have."""
    if NESTED in key and (outer := top_of(key)) in names:
        return _is_not_below(key, outer, [name for name in names if top_of(name) == outer != name])
    leaves = [name for name in names if name.rpartition(DOT)[2] == key]
    near = f"; did you mean {quoted(leaves[0])}?" if leaves else suggestion(key, names)
    shown = listed(map(quoted, names), len(names), _SHOWN)
    near = _one_key(setting, key, names) or near
    return f"no row has the key {quoted(key)}{near} (keys of the rows: {shown or 'none'})"


def _is_not_below(key: str, outer: str, inner: Sequence[str]) -> str:
    """Return the message that no row has a path below a key, and the paths that rows have there."""
    same = [name for name in inner if name.rpartition(NESTED)[2] == key.rpartition(NESTED)[2]]
    near = f"; did you mean {quoted(same[0])}?" if same else suggestion(key, inner)
    if not inner:
        return f"no row has the key {quoted(key)}; {quoted(outer)} has no keys: map {quoted(outer)} itself"
    shown = listed(map(quoted, inner), len(inner), _SHOWN)
    return f"no row has the key {quoted(key)}{near} (keys in {quoted(outer)}: {shown})"


def _one_key(setting: str, key: str, names: Sequence[str]) -> str:
    """Return the hint that a column cannot have several keys; empty if the setting names one, or a missing one."""
    first, *rest = key.split(JOIN)
    if not setting.startswith("columns.") or not rest or not {first, *rest} <= {*names}:
        return ""
    return f"; only {enumerated(SEVERAL)} may have several keys"


def refuse_missing(plan: Plan, sets: Iterable[Merged]) -> None:
    """Check that every key of the plan's settings, except the loose ones, occurs in a row of ``sets``, if there are
    rows.

    Raises:
        MissingKeyError: for the first one that does not.
    """
    known = [keys for merged in sets for keys in merged.keys if keys is not None]
    if not known or not sum(keys.rows for keys in known):
        return
    found = frozenset().union(*(keys.found for keys in known))
    for setting, key in _settings(plan):
        if key not in found and setting not in plan.loose_keys:
            names = [visible_surrogates(name) for name in first_names(*(keys.names for keys in known))]
            raise MissingKeyError(setting, key, _is_missing(setting, key, names))


def refuse_textless(plan: Plan, data: Dataset) -> None:
    """Check that a row has text under the key of the prompt that the settings map, unless the key is a loose one.

    Rows that are invalid have findings of their own, which say what the key holds.

    Raises:
        MissingKeyError: for a prompt that is empty in every row.
    """
    key = plan.columns.get("prompt")
    if key is None or "columns.prompt" in plan.loose_keys:
        return
    rows = data.examples.select("valid", "prompt_chars", is_mapped=pl.col("shape").is_in(mapped.NAMES))
    rows = rows.with_row_index("row").filter("is_mapped")
    if rows.height and rows["valid"].all() and not (rows["prompt_chars"] > 0).any():
        raise MissingKeyError("columns.prompt", key, f"no row has text under {quoted(key)}")


def missing_in_some(plan: Plan, sets: Iterable[Merged]) -> Iterator[str]:
    """Yield a note for each key of the plan's settings that occurs in no row of some files, or, for a loose key, of all
    files."""
    files = [
        (facts.path, keys)
        for merged in sets
        for facts, keys in zip(merged.files, merged.keys, strict=True)
        if keys is not None and keys.rows
    ]
    for setting, key in _settings(plan):
        without = [path for path, keys in files if key not in keys.found]
        if without and (len(without) < len(files) or setting in plan.loose_keys):
            shown = ", ".join(printable(visible_surrogates(path)) for path in without[:_FILES])
            more = f" and {len(without) - _FILES} more files" if len(without) > _FILES else ""
            yield f"{setting}: no row of {shown}{more} has the key {quoted(key)}"


def _settings(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the settings that name a key of rows, and the key."""
    for meaning, value in plan.columns.items():
        if meaning != "category":
            yield from ((f"columns.{meaning}", key) for key in keys_of(meaning, value))
    if plan.category_key is not None:
        yield "balance.field", plan.category_key
    yield from (("group-by", key) for key in plan.group_keys)
