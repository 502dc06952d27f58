"""The rows that nearly all chat data is made of, read as columns: messages of a role and a text, and nothing else.

What they come to is the same as through their shape's ``read``, at a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.core.structure import Alike
from datalint.shapes import openai_chat, sharegpt
from datalint.shapes.base import Shape
from datalint.shapes.messages import path_of
from datalint.shapes.series import text_series
from datalint.shapes.sink import PROMPT, RESPONSE, role_of

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector

_TEXT: Final = {str}
_PAIR: Final = {2}
#: Where each shape keeps its turns, and the spellings that a turn may have.
_TURNS: Final = {
    openai_chat.SHAPE.name: ("messages", (("role", "content"),)),
    sharegpt.SHAPE.name: ("conversations", (("from", "value"), ("role", "content"))),
}
_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plain:
    """Rows of one shape whose turns are a role and a text each.

    ``rows`` are indices of records, ``counts`` how many turns each has, ``groups`` numbers that are equal for rows
    with the same keys; ``roles`` and ``texts`` are those of all turns; ``path`` is the key of the turns and that of
    their texts.
    """

    shape: Shape
    path: tuple[str, str]
    rows: list[int]
    counts: list[int]
    groups: list[int]
    roles: list[str]
    texts: list[str]

    def extend(self, other: Plain) -> None:
        """Take over the rows of ``other``, which has the same shape and path."""
        for mine, theirs in zip(self._lists(), other._lists(), strict=True):
            mine += theirs

    def _lists(self) -> tuple[list[Any], ...]:
        return self.rows, self.counts, self.groups, self.roles, self.texts


class Kind(NamedTuple):
    """Plain rows of which all but the texts is the same, so that what holds for one holds for all."""

    shape: Shape
    rows: list[int]


def find_plain(groups: Sequence[Alike], records: Sequence[dict[str, Any]], detector: Detector) -> list[Plain]:
    """Return the plain rows among ``groups``, together where shape and path are the same."""
    found: dict[tuple[str, tuple[str, str]], Plain] = {}
    for number, group in enumerate(groups):
        plain = _plain_rows(group, number, records, detector)
        if plain is None:
            continue
        known = found.setdefault((plain.shape.name, plain.path), plain)
        if known is not plain:
            known.extend(plain)
    return list(found.values())


def _plain_rows(group: Alike, number: int, records: Sequence[dict[str, Any]], detector: Detector) -> Plain | None:
    shape = detector.plain_shape(records[group.rows[0]])
    if shape is None:
        return None
    key, spellings = _TURNS[shape.name]
    lists, rows = group.column(key), list(group.rows)
    for role, content in spellings:
        found = _columns(lists, role, content)
        if found is None:
            chosen = [_is_plain(turns, role, content) for turns in lists]
            if not any(chosen):
                continue
            lists, rows = list(compress(lists, chosen)), list(compress(rows, chosen))
            found = _columns(lists, role, content)
        if found is not None:
            return Plain(shape, (key, content), rows, [*map(len, lists)], [number] * len(rows), *found)
    return None


def _columns(lists: Sequence[Any], role: str, content: str) -> tuple[list[str], list[str]] | None:
    """Return the roles and texts of all turns, None where a turn has anything else."""
    if set(map(type, lists)) != {list}:
        return None
    turns: list[Any] = list(chain.from_iterable(lists))
    if not set(map(type, turns)) <= {dict} or not set(map(len, turns)) <= _PAIR:
        return None
    try:
        roles, texts = [turn[role] for turn in turns], [turn[content] for turn in turns]
    except KeyError:
        return None
    if not set(map(type, roles)) <= _TEXT or not set(map(type, texts)) <= _TEXT:
        return None
    return (roles, texts) if not any(role_of(each).calls for each in set(roles)) else None


def _is_plain(turns: Any, role: str, content: str) -> bool:
    if type(turns) is not list:
        return False
    for turn in turns:
        if type(turn) is not dict or len(turn) != 2:
            return False
        speaker = turn.get(role)
        if type(speaker) is not str or type(turn.get(content)) is not str or role_of(speaker).calls:
            return False
    return True


def plain_columns(plain: Plain) -> tuple[pl.DataFrame, pl.DataFrame, list[Kind]]:
    """Return the example columns (with ``at``, the record), the turn columns, and the kinds of rows."""
    rows, counts = np.array(plain.rows, np.int64), np.array(plain.counts, np.int64)
    starts = np.cumsum(counts) - counts
    number = {role: place for place, role in enumerate(dict.fromkeys(plain.roles))}
    spoken = np.array([number[role] for role in plain.roles], np.int64)
    meanings = [role_of(role) for role in number]
    letters = np.array([ord(meaning.letter) for meaning in meanings], np.uint8)[spoken]
    flags = np.array([meaning.flags for meaning in meanings], np.uint8)[spoken]
    bounds = list(zip(starts.tolist(), (starts + counts).tolist(), strict=True))
    size = len(spoken)
    turn = np.arange(size, dtype=np.int64) - np.repeat(starts, counts)
    is_response = (flags & RESPONSE) != 0
    text = text_series("text", plain.texts)
    turns = pl.DataFrame(
        {
            "example": pl.Series(np.repeat(rows, counts).astype(np.uint32)),
            "turn": pl.Series(turn.astype(np.uint32)),
            "role": text_series("role", [meaning.name for meaning in meanings]).gather(spoken),
            "text": text,
            "path": _paths(plain, turn),
            "is_prompt": pl.Series((flags & PROMPT) != 0),
            "is_response": pl.Series(is_response),
            "is_last": pl.Series(turn == np.repeat(counts, counts) - 1),
            "has_tool_calls": pl.repeat(False, size, dtype=pl.Boolean, eager=True),
            "has_media": pl.repeat(False, size, dtype=pl.Boolean, eager=True),
            "side": pl.repeat("", size, dtype=pl.String, eager=True),
            "chars": text.str.len_chars(),
        }
    )
    owners = np.repeat(np.arange(len(rows)), counts)
    is_system = ~is_response & (letters == ord("s"))
    said = letters.tobytes().decode("ascii")
    examples = pl.DataFrame(
        {
            "at": pl.Series(rows.astype(np.uint32)),
            "shape": pl.repeat(plain.shape.name, len(rows), dtype=pl.String, eager=True),
            "roles": pl.Series([said[start:end] for start, end in bounds], dtype=pl.String),
            "system": _joined(text, np.flatnonzero(is_system), owners, len(rows)),
            "prompt": _joined(text, np.flatnonzero(~is_system & ~is_response), owners, len(rows)),
            **_responses(text, np.flatnonzero(is_response), owners, len(rows)),
        }
    )
    return examples, turns, _kinds(plain, spoken, bounds)


def _kinds(plain: Plain, spoken: _Places, bounds: list[tuple[int, int]]) -> list[Kind]:
    """Return the rows of each set of keys and sequence of roles, as they are written."""
    data = spoken.astype(np.uint32).tobytes()
    kinds: dict[tuple[int, bytes], list[int]] = {}
    for row, group, (start, end) in zip(plain.rows, plain.groups, bounds, strict=True):
        kinds.setdefault((group, data[4 * start : 4 * end]), []).append(row)
    return [Kind(plain.shape, rows) for rows in kinds.values()]


def _paths(plain: Plain, turn: _Places) -> pl.Series:
    key, content = plain.path
    most = int(turn.max(initial=-1)) + 1
    table = pl.Series("path", [path_of(f"$.{key}", content, number) for number in range(most)], dtype=pl.String)
    return table.gather(turn)


def _responses(text: pl.Series, places: _Places, owners: _Places, size: int) -> dict[str, pl.Series]:
    """Return ``response``, ``earlier`` (all but the last one) and ``answer`` (the last one) of each row."""
    of = owners[places]
    response = _joined(text, places, owners, size)
    last = np.ones(len(places), np.bool_)
    last[:-1] = of[1:] != of[:-1]
    if last.all():
        return {"response": response, "earlier": pl.repeat("", size, dtype=pl.String, eager=True), "answer": response}
    return {
        "response": response,
        "earlier": _joined(text, places[~last], owners, size),
        "answer": _joined(text, places[last], owners, size),
    }


def _joined(text: pl.Series, places: _Places, owners: _Places, size: int) -> pl.Series:
    """Return for each of ``size`` rows its texts at ``places``, joined by newlines; empty for none."""
    of = owners[places]
    counts = np.bincount(of, minlength=size)
    if len(places) == size and (size == 0 or counts.max() == 1):
        return text.gather(places)
    chosen = np.full(size, -1, np.int64)
    chosen[of] = places
    first = pl.Series(chosen).to_frame("p").select(pl.when(pl.col("p") >= 0).then(pl.col("p"))).to_series()
    joined = text.gather(first).fill_null("")
    several = counts[of] > 1
    if not several.any():
        return joined
    many = pl.DataFrame({"row": of[several], "text": text.gather(places[several])})
    longer = many.group_by("row", maintain_order=True).agg(pl.col("text").str.join("\n"))
    return joined.scatter(longer["row"], longer["text"])
