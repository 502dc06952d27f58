"""Differences between two texts, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from datalint.privacy.display import Shown, printable
from datalint.records.compared_words import ComparedWords, begins_word
from datalint.support.common_prefix import common_prefix
from datalint.support.named_tuple import NamedTuple

# Aligning takes the product of the lengths divided by 64: under ten milliseconds for so many words.
_MOST_WORDS = 2000
_MOST_CHARS = 20_000
# Characters of what both texts begin and end with that stay for context, and words of it that are shown.
_CONTEXT = 60
_SHOWN = 3
# Characters in which the end of a word is looked for.
_WORD = 20


def difference(a: str, b: str, limit: int = 120) -> Shown:
    """Return the words that differ, with a few around them: ``…capital of [France → Spain]?``.

    Words that only ``a`` has are ``[- these]``, words that only ``b`` has ``[+ these]``. Secrets and personal data are
    compared as they are, each as one word, and redacted where they are shown. Of texts that differ over more than
    20,000 characters or 2,000 words only so much is compared.

    Args:
        a: the first text.
        b: the second text.
        limit: about how many characters to return; a first change is always shown, cut where it must be.

    Returns:
        One printable line; empty when the words are the same.
    """
    from rapidfuzz.distance import Levenshtein

    left, right, cut = _compared(a, b)
    steps = _joined(Levenshtein.opcodes(left.compared, right.compared))
    if all(step.is_same for step in steps):
        return printable("")
    line, changes = "", 0
    for index, step in enumerate(steps):
        old, new = step.old, step.new
        if step.is_same:
            piece = _shared(left, old, first=index == 0, last=index == len(steps) - 1, cut=cut)
        else:
            piece = _change(_between(left, *old), _between(right, *new), limit // 3)
        spaced = left.spaced(old[0]) if old[0] < len(left.spans) else right.spaced(new[0])
        # "##[" begins a command in the log of a workflow, and is escaped there.
        spaced = spaced or (line.endswith("##") and not step.is_same)
        piece = f" {piece}" if spaced and line and not line.endswith("…") else piece
        if changes and len(line) + len(piece) > limit:
            return printable(line if line.endswith("…") else line + "…")
        line += piece
        changes += not step.is_same
    return printable(line)


class _Step(NamedTuple):
    """Words of the first text, from and up to a number, and what stands in their place in the second one."""

    is_same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def _joined(opcodes: Iterable[Any]) -> list[_Step]:
    """Return steps in which the changes of one place are one: ``[a → b c]`` for ``[+ b][a → c]``."""
    steps: list[_Step] = []
    for each in opcodes:
        step = _Step(each.tag == "equal", (each.src_start, each.src_end), (each.dest_start, each.dest_end))
        if steps and steps[-1].is_same == step.is_same:
            before = steps.pop()
            step = _Step(step.is_same, (before.old[0], step.old[1]), (before.new[0], step.new[1]))
        steps.append(step)
    return steps


def _compared(a: str, b: str) -> tuple[ComparedWords, ComparedWords, tuple[bool, bool]]:
    """Return the stretch in which the texts differ, with some context, and whether its two ends are cuts."""
    start = max(common_prefix(a, b) - _CONTEXT, 0)
    end = max(common_prefix(a[start:][::-1], b[start:][::-1]) - _CONTEXT, 0)
    left, right = (
        ComparedWords(text, start, min(len(text) - end, start + _MOST_CHARS), _MOST_WORDS) for text in (a, b)
    )
    return left, right, (start > 0, end > 0)


def _between(words: ComparedWords, first: int, last: int) -> str:
    """Return words on one line."""
    return " ".join(words.between(first, last).split())


def _shared(text: ComparedWords, words: tuple[int, int], *, first: bool, last: bool, cut: tuple[bool, bool]) -> str:
    start, end = words
    head = "" if first else _between(text, start, min(start + _SHOWN, end))
    tail = "" if last else _between(text, max(end - _SHOWN, start), end)
    if first:
        shown = _cut(tail, 40, end=True)
        more = (cut[0] or end - start > _SHOWN) and not shown.startswith("…")
        return "…" + shown if more else shown
    if last:
        shown = _cut(head, 40)
        more = (cut[1] or end - start > _SHOWN) and not shown.endswith("…")
        return shown + "…" if more else shown
    if end - start <= 2 * _SHOWN:
        return _cut(_between(text, start, end), 60)
    return _cut(head, 40) + " … " + _cut(tail, 40, end=True)


def _cut(text: str, limit: int, *, end: bool = False) -> str:
    """Return the first characters of a text, or the last ones, up to the end of a word if it has one near there."""
    if len(text) <= limit:
        return text
    if end:
        near = range(len(text) - limit, len(text) - limit + _WORD)
        at = next((place for place in near if begins_word(text, place)), near[0])
        return "…" + text[at:].lstrip()
    near = range(limit, max(limit - _WORD, 0), -1)
    at = next((place for place in near if begins_word(text, place)), limit)
    return text[:at].rstrip() + "…"


def _change(old: str, new: str, limit: int) -> str:
    if not new:
        return f"[- {_cut(old, limit)}]"
    if not old:
        return f"[+ {_cut(new, limit)}]"
    return f"[{_cut(old, limit)} → {_cut(new, limit)}]"


def shared_turns(responses: Sequence[str]) -> int:
    """Return where responses to one context part, at a line's start: earlier turns of one conversation are equal."""
    low, high = min(responses), max(responses)
    return low.rfind("\n", 0, common_prefix(low, high)) + 1
