"""Texts in one line each after their label, which is one word: ``INFORM the gate is open``, ``2 a fine film``.

The row is ``{"text": …, "label": …}``. Words of sentences differ from labels in what follows them: the same word begins
few lines, is within others, and is not in capitals while the rest of the line is not. Between a label and its text are
blanks, as a tab is that of a table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple
from datalint.support.names.act_names import ACTS

#: The container of such lines.
LABEL_FIRST: Final = "label-first"
#: A line that begins with a word, and the forms of labels: names in capitals, perhaps with a finer one, classes by
#: numbers, and short codes.
_LINE: Final = re.compile(r"(\S{1,60}) {1,9}(\S.*)", re.DOTALL)
_NAME: Final = re.compile(r"[A-Z]{2}[A-Z0-9_/&-]{0,38}(?::[A-Za-z0-9_-]{1,30})?")
_NUMBER: Final = re.compile(r"[+-]?\d|\d\d")
_CODE: Final = re.compile(r"[a-z%^+][a-z0-9_%^+*\"@-]{0,39}")
#: Lines that are needed of names and numbers, and of codes; labels at most, and their share of the lines.
_LEAST: Final = 20
_LEAST_CODES: Final = 200
_MOST: Final = 60
_DIFFERENT: Final = 0.3
#: Share of the lines that must fit, the share of one label at most, and of texts that differ at least.
_NEARLY_ALL: Final = 0.95
_ONE: Final = 0.98
_VARIED: Final = 0.3
#: Mean characters of a code at most, the share of codes that texts may have as words, and that of codes that are no
#: words, as they have no vowel, or a sign.
_SHORT: Final = 4
_WITHIN: Final = 0.25
_WORDLESS: Final = 0.5
_VOWELS: Final = frozenset("aeiouy")
#: Different dialogue acts at least.
_LEAST_ACTS: Final = 5
#: Share of the numbers that are one more than the last line's, from which on they count lines.
_COUNTING: Final = 0.6
#: The largest number of one digit, and the share of the numbers up to the largest one that are classes.
_DIGIT: Final = 9
_OF_ALL: Final = 0.8
#: Numbered features with their values: ``1:0.05 2:1``.
_FEATURES: Final = r"(?:^|[ \t])\d{1,9}:[-+.\de]{1,20}[ \t]+\d{1,9}:[-+.\de]{1,20}(?:$|[ \t])"
#: Mean words of a text at least: two words in a line are a name, or an entry.
_WORDS: Final = 3


class LabelFirst(NamedTuple):
    """Texts after their label, of which the first lines have ``labels``."""

    labels: tuple[str, ...]
    pattern: str
    container: str = LABEL_FIRST

    @property
    def description(self) -> str:
        """A description of a row."""
        return f"a text in a line, after its label ({', '.join(self.labels)}, …)"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        label, said = self._parts(text)
        return {"text": said, "label": label}

    def oddity(self, text: str) -> str:
        """Return that a line has no label; empty for any other."""
        return "" if self._parts(text)[0] else "no label before the text"

    def _parts(self, text: str) -> tuple[str, str]:
        """Return the label and the text of a line; no label for a line without one."""
        label, said = _split(text) or (text.strip(), "")
        return (label, said) if re.fullmatch(self.pattern, label) else ("", text)


def notation_of(lines: Sequence[bytes]) -> LabelFirst | None:
    """Return the notation of a text that begins with ``lines``; None for other texts."""
    first = _split(lines[0].decode("utf-8", "replace"))
    if len(lines) < _LEAST or first is None or not any(form.fullmatch(first[0]) for form in (_NAME, _NUMBER, _CODE)):
        return None
    pairs = [pair for line in lines if (pair := _split(line.decode("utf-8", "replace"))) is not None]
    if len(pairs) < _NEARLY_ALL * len(lines) or not _are_texts([text for _, text in pairs]):
        return None
    for form, fits in ((_NAME, _are_names), (_NUMBER, _are_numbers), (_CODE, _are_codes)):
        fitting = [pair for pair in pairs if form.fullmatch(pair[0])]
        counts = Counter(label for label, _ in fitting)
        few = 1 < len(counts) <= min(_MOST, _DIFFERENT * len(lines))
        if few and len(fitting) >= _NEARLY_ALL * len(lines) and max(counts.values()) <= _ONE * len(lines):
            return LabelFirst(tuple(each for each, _ in counts.most_common(3)), form.pattern) if fits(fitting) else None
    return None


def _split(line: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(line.strip())
    return None if found is None else (found[1], found[2])


def _are_texts(texts: Sequence[str]) -> bool:
    """Whether texts have several words, or signs of scripts without spaces, and differ.

    Features with their values, as programs for ranking and SVMs read them, are no words.
    """
    if sum(re.search(_FEATURES, text) is not None for text in texts) >= _NEARLY_ALL * len(texts):
        return False
    words = sum(len(text.split()) if text.isascii() else max(len(text.split()), len(text) // 3) for text in texts)
    return words >= _WORDS * len(texts) and len(set(texts)) >= _VARIED * len(texts)


def _are_names(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether names in capitals come before texts of which nearly all have other letters, and repeat."""
    return sum(not text.isupper() for _, text in pairs) >= _NEARLY_ALL * len(pairs)


def _are_numbers(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether numbers are those of classes: they don't count lines, and no number is the first of several.

    Numbers of two digits are classes where hardly any is left out.
    """
    numbers = [int(label) for label, _ in pairs]
    if max(numbers) > _DIGIT and len({*numbers}) < _OF_ALL * max(numbers):
        return False
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    more = sum(text[:1].isdigit() for _, text in pairs)
    return steps < _COUNTING * len(pairs) and more <= (1 - _NEARLY_ALL) * 2 * len(pairs)


def _are_codes(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether short codes come before texts that hardly have them: the first words of sentences occur in others too.

    Dialogue acts (``inform``, ``thankyou``) are words.
    """
    codes = {label for label, _ in pairs}
    if len(codes & ACTS) >= _LEAST_ACTS and sum(label in ACTS for label, _ in pairs) >= _NEARLY_ALL * len(pairs):
        return True
    if len(pairs) < _LEAST_CODES or sum(len(label) for label, _ in pairs) > _SHORT * len(pairs):
        return False
    wordless = sum(not code.isalpha() or _VOWELS.isdisjoint(code) for code in codes)
    words = {word for _, text in pairs for word in text.casefold().split()}
    return wordless >= _WORDLESS * len(codes) and len(codes & words) <= _WITHIN * len(codes)
