"""Dialogues that grow from row to row: a row has all turns of another one, and more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.records.analyses import Group, Text
from datalint.support.chat_texts.markers import ANY_TURN
from datalint.support.distinct import evenly_spaced

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Letters of roles with which a row ends that the model learns.
_LEARNED: Final = ("a", "c", "p")
#: The number and the share of rows from which on shared learned turns are the design of the dataset.
_LEAST: Final = 20
_SHARE: Final = 0.1
#: Pairs of rows that are read to see whether dialogues grow, evenly spaced, and the share of them that do.
_SAMPLE: Final = 256
_SOME: Final = 0.05
#: Rows that are read at a time, and turns or characters from which on rows that begin alike are of one dialogue, and
#: not of several ones that begin with the same greeting.
_BLOCK: Final = 4_096
_TURNS: Final = 3
_CHARS: Final = 60


def without_growing(groups: Sequence[Group], examples: pl.DataFrame, reader: Reader) -> tuple[list[Group], int]:
    """Return clusters without the rows that continue the dialogue of the first one, or are continued by it.

    Their number is returned too. They stay where they are learned and few: one row then repeats the other.
    """
    pairs = [(group.rows[0], member) for group in groups for member in group.rows[1:]]
    growing = _growing(pairs, examples, reader)
    learned = {pair for pair in growing if examples["roles"][max(pair)].endswith(_LEARNED)}
    if len(learned) < max(_LEAST, _SHARE * examples.height):
        growing -= learned
    if not growing:
        return list(groups), 0
    left = []
    for group in groups:
        kept = [i for i, row in enumerate(group.rows) if (group.rows[0], row) not in growing]
        if len(kept) > 1:
            left.append(Group([group.rows[i] for i in kept], [group.similarities[i] for i in kept]))
    return left, len(growing)


def dialogue_edges(
    pairs: NDArray[np.int64], examples: pl.DataFrame, reader: Reader
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of rows of which one continues the dialogue of the other one, as two arrays.

    ``pairs`` are the (n, 2) similar rows; without dialogues that grow among them, no row is read.
    """
    nothing = np.empty(0, np.int64)
    if not len(pairs):
        return nothing, nothing
    some = pairs[evenly_spaced(len(pairs), _SAMPLE)]
    if len(_growing(list(map(tuple, some.tolist())), examples, reader)) <= _SOME * len(some):
        return nothing, nothing
    first: dict[bytes, int] = {}
    begun: list[tuple[int, bytes]] = []
    # What follows a beginning that many dialogues may have, such as a greeting; None if it is not always the same.
    follows: dict[bytes, bytes | None] = {}
    for row, ends in _read(np.flatnonzero((examples["roles"].str.len_chars() > 0).to_numpy()), reader):
        first.setdefault(ends[-1][0], row)
        for (end, is_dialogue), (after, _) in pairwise(ends):
            begun.append((row, end))
            if not is_dialogue:
                follows[end] = after if follows.get(end, after) == after else None
    found = [(first[end], row) for row, end in begun if end in first and follows.get(end, end) is not None]
    left, right = np.array(found, np.int64).reshape(-1, 2).T
    return left, right


def _read(rows: NDArray[np.int64], reader: Reader) -> Iterator[tuple[int, list[tuple[bytes, bool]]]]:
    """Yield rows with a hash of their turns up to each of them, and whether these are enough to name a dialogue."""
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK].tolist()
        said: list[list[tuple[str, str]]] = [[] for _ in block]
        for example, role, text in reader.turns(block).select("example", "role", "text").iter_rows():
            said[example].append((role, text))
        yield from ((row, _ends(turns)) for row, turns in zip(block, said, strict=True) if turns)


def _ends(turns: Sequence[tuple[str, str]]) -> list[tuple[bytes, bool]]:
    state, chars = blake2b(digest_size=8), 0
    ends = []
    for number, (role, text) in enumerate(turns, 1):
        state.update(f"{role}\0{text}\0".encode(errors="surrogatepass"))
        chars += 0 if role == "system" else len(text)
        ends.append((state.digest(), number >= _TURNS or chars >= _CHARS))
    return ends


def _growing(pairs: Sequence[tuple[int, int]], examples: pl.DataFrame, reader: Reader) -> set[tuple[int, int]]:
    """Return the pairs of which one row continues the dialogue of the other one."""
    if not pairs:
        return set()
    of_pairs = np.array(pairs, np.int64)
    columns = examples.select("roles", "prompt_chars", "response_chars")
    here, there = (columns[of_pairs[:, side]].iter_rows() for side in (0, 1))
    chosen = [pair for pair, one, other in zip(pairs, here, there, strict=True) if _may_grow(one, other)]
    roles = examples["roles"]
    found: set[tuple[int, int]] = set()
    for start in range(0, len(chosen), _BLOCK):
        block = chosen[start : start + _BLOCK]
        rows = sorted({row for pair in block for row in pair})
        texts = dict(zip(rows, reader.texts(rows), strict=True))
        found.update(
            (row, other)
            for row, other in block
            if _continues(texts[row], texts[other], are_texts=roles[row] == roles[other])
        )
    return found


def _may_grow(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Return whether one row may have the turns of the other one and more, or is such a text, without an answer.

    Of each row, the roles and the characters of its prompt and response are given.
    """
    (mine, asked, answered), (theirs, *chars) = one, other
    if mine == theirs:
        return len(mine) == 1 and not answered and chars[1] == 0 and asked != chars[0]
    return mine.startswith(theirs) or theirs.startswith(mine)


def _continues(one: Text, other: Text, *, are_texts: bool) -> bool:
    """Return whether one row has all that the other one has, and then turns; ``are_texts`` that a text has them."""
    shorter, longer = sorted((one, other), key=lambda text: len(text.prompt) + len(text.response))
    if shorter.system != longer.system:
        return False
    if not are_texts:
        parts = (shorter.prompt, longer.prompt), (shorter.response, longer.response)
        return all(not here or f"{there}\n".startswith(f"{here}\n") for here, there in parts)
    if not longer.prompt.startswith(shorter.prompt):
        return False
    _, _, rest = longer.prompt[len(shorter.prompt) :].partition("\n")
    return not set(re.findall(ANY_TURN, shorter.prompt)).isdisjoint(re.findall(ANY_TURN, rest))
