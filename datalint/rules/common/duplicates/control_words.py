"""Rows whose prompts differ in a control word: what stands in one place of most prompts, and is one of a few."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import Dataset
from datalint.rules.common.duplicates.instruction_wordings import differing

#: Pairs of rows and prompts that are read, evenly spaced.
_PAIRS: Final = 200
_PROMPTS: Final = 400
#: Words of a control word at most, the share of the prompts that have one in its place, how many there are, and the
#: prompts that each has on average.
_WORDS: Final = 3
_MOSTLY: Final = 0.8
_VALUES: Final = 30
_REPEATED: Final = 5
#: Prompts that have a control word at least.
_LEAST: Final = 3
#: Characters of an answer that is no label.
_ANSWER: Final = 20
#: Characters at the end of a prompt in which the words around it are looked for, and of a word.
_END: Final = 400
_CHARS: Final = 30


def rows_of_control_words(data: Dataset) -> frozenset[int]:
    """Return the rows with the answer of their anchor whose prompt has another control word, "(in a calm way)"."""
    response, prompt, chars = (data.examples[name] for name in ("response_hash", "prompt_hash", "response_chars"))
    pairs = [(member, group.rows[0]) for group in data.near for member in group.rows[1:]]
    pairs = [(one, two) for one, two in pairs if response[one] == response[two] and chars[one] >= _ANSWER]
    pairs = [(one, two) for one, two in pairs if prompt[one] != prompt[two]]
    some = sorted(pairs)[:_PAIRS]
    if not some:
        return frozenset()
    rows = sorted({row for pair in some for row in pair})
    texts = dict(zip(rows, data.texts(rows), strict=True))
    # Whatever the order of pairs, each frame is judged once.
    known: dict[tuple[str, str], frozenset[str]] = {}
    sample: list[str] = []
    found = []
    for member, anchor in some:
        for before, values, after in _frames(texts[member].prompt.split(), texts[anchor].prompt.split()):
            if (before, after) not in known:
                step = max(data.size // _PROMPTS, 1)
                sample = sample or [text.prompt for text in data.texts(list(range(0, data.size, step))[:_PROMPTS])]
                known[before, after] = _values(sample, before, after)
            if known[before, after].issuperset(values):
                found.append(member)
                break
    return frozenset(found)


def _frames(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, tuple[str, str], str]]:
    """Yield the words around the only place in which two prompts differ, and what stands there, perhaps after a word
    of both, such as an article.
    """
    mine, theirs = differing(one, other)
    if not mine or not theirs:
        return
    start = next(place for place in range(len(one)) if one[place] != other[place])
    after = " ".join(one[start + len(mine) : start + len(mine) + 1])
    for more in range(min(start, 1) + 1):
        first = start - more
        before = one[first - 1] if first else ""
        values = one[first : start + len(mine)], other[first : start + len(theirs)]
        if (
            any(map(len, (before, after)))
            and max(map(len, values)) <= _WORDS
            and max(len(before), len(after)) <= _CHARS
        ):
            yield before, (" ".join(values[0]), " ".join(values[1])), after


def _values(prompts: Sequence[str], before: str, after: str) -> frozenset[str]:
    """Return the words between two words that most prompts have there, if they are a few; else none."""
    inner = rf"(\S{{1,{_CHARS}}}(?: \S{{1,{_CHARS}}}){{0,{_WORDS - 1}}}?)"
    left = rf"(?<!\S){re.escape(before)} " if before else r"\A"
    pattern = re.compile(rf"{left}{inner}" + (rf" {re.escape(after)}(?!\S)" if after else r"\Z"))
    found: Counter[str] = Counter()
    for prompt in prompts:
        words = " ".join(prompt.split())
        # What is at the end stands behind what differs, such as the text itself; so does what is at the beginning.
        match = pattern.search(words[-_END:]) or pattern.search(words[:_END])
        if match is not None:
            found[match[1]] += 1
    if found.total() < _MOSTLY * len(prompts) or len(found) > min(_VALUES, found.total() // _REPEATED):
        return frozenset()
    return frozenset(value for value, count in found.items() if count >= _LEAST)
