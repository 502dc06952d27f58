"""Detection of lines of tokens with tags of any names: few tags, next to running text.

Such are tags without a prefix (``O`` or ``0``, and ``Person``, as Stanford's tagger writes them) and those of a single
class (``N`` and ``A``), of which one is much the commonest, and those of places in spans without a hyphen (``BPER``),
or without any name, as where text is divided into words (``B``, ``M``, ``E``, ``S``).
So are classes of words by any names (``G_N``), if several runs of lines have punctuation marks, as sentences do and
groups of words do not. They may be in the column before analyses of the words, of which each has several parts, or
before a few languages. What the lines of a table or a list of words lack is running text: words that repeat, in
sentences of several lines each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Final

from datalint.sources.readers.tagged.token_features import are_analyses
from datalint.support.names.token_keys import TAGS, TOKENS

#: Lines, and runs of them between blank lines, that are needed to recognise the format; and lines of a run on average.
_LEAST: Final = 50
_SENTENCES: Final = 5
_LONG: Final = 3
#: Columns of a token and its tag.
_PAIR: Final = 2
#: Share of lines that are as the format wants them, and of them that have the commonest tag.
_SHARE: Final = 0.95
_COMMONEST: Final = 0.5
#: Share of lines outside of all spans from which on a handful of tags need no commonest one, and how many these are.
_MUCH: Final = 0.3
_HANDFUL: Final = 5
#: The tag outside of spans, and the digit that some write in the place of the letter.
_OUTSIDES: Final = ("O", "0")
#: Letters of the places in a span, as they stand before its name.
_PLACES: Final = "BIESLUM"
#: Tags of places in words: those of all, and of the first and a later letter of one.
_IN_WORDS: Final = frozenset("BMIESLU")
_DIVIDE: Final = (frozenset("BE"), frozenset("BI"), frozenset("BL"))
#: Signs that end or divide sentences; the runs of lines, the share of them with such a sign, and the classes at least.
_MARKS: Final = frozenset(".,!?;:।。，、！？؟،")
_LEAST_RUNS: Final = 20
_PUNCTUATED: Final = 0.1
_LEAST_CLASSES: Final = 5
#: Share of the words of running text that are such signs, where no line says where a sentence ends.
_MARKED: Final = 0.01
#: Different tags at most, of classes of words at most, characters of one, and lines for each of them.
_MOST: Final = 30
_MOST_CLASSES: Final = 100
_LONGEST: Final = 40
_LINES: Final = 10
#: Different tokens for each tag at least, and the share of lines whose token is another one than before at most.
_VARIED: Final = 3
_REPEATED: Final = 0.9


def have_few_tags(sentences: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Return whether the fields of lines, by sentence, are a token and the few tags of the last column.

    A line that names these columns is the header of a table, which this is not.
    """
    rows = list(chain(*sentences))
    runs = [each for each in sentences if each]
    if len(rows) < _LEAST or len(runs) < _SENTENCES or len(rows) < _LONG * len(runs):
        return False
    if rows[0][0].lower() in TOKENS and rows[0][-1].lower() in TAGS:
        return False
    width, alike = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or alike < _SHARE * len(rows):
        return False
    pairs = [(row[0], row[-1]) for row in rows if len(row) == width]
    tags = Counter(tag for _, tag in pairs)
    marked = sum(any(row[0] in _MARKS for row in run) for run in runs)
    classes = len(runs) >= _LEAST_RUNS and marked >= _PUNCTUATED * len(runs) and len(tags) >= _LEAST_CLASSES
    return _are_tags(tags, classes=classes) and _are_running([token for token, _ in pairs], len(tags))


def are_marked_outside(tokens: Sequence[str], tags: Sequence[str]) -> bool:
    """Return whether values are the words of running text and few tags, of which ``O`` is the commonest.

    The words repeat, and some are marks of punctuation, as no list of words and their labels has them.
    """
    counts = Counter(tags)
    outside = max(counts[each] for each in _OUTSIDES)
    marks = sum(token in _MARKS for token in tokens)
    return (
        outside >= _COMMONEST * len(tags)
        and marks >= _MARKED * len(tokens)
        and _are_tags(counts, classes=False)
        and _are_running(tokens, len(counts))
    )


def classes_before_analyses(sentences: Sequence[Sequence[Sequence[str]]]) -> int | None:
    """Return the column with the classes of words if the last one has analyses of them; None if there is none.

    An analysis has the class of its word and what its ending says: ``sailed Verb Verb,Past,A3sg``.
    """
    rows = list(chain(*sentences))
    width, alike = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width <= _PAIR or alike < _SHARE * len(rows):
        return None
    if not are_analyses([row[-1] for row in rows if len(row) == width]):
        return None
    return _last_with_tags(sentences, range(width - 2, 0, -1), width)


def tags_before_few(sentences: Sequence[Sequence[Sequence[str]]]) -> int | None:
    """Return the last column with tags if a few values of another kind, such as languages, follow; None otherwise."""
    rows = list(chain(*sentences))
    width, alike = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width <= _PAIR or alike < _SHARE * len(rows):
        return None
    few = 0
    while few < width - _PAIR and _are_few({row[width - 1 - few] for row in rows if len(row) == width}):
        few += 1
    return _last_with_tags(sentences, range(width - 2, width - 2 - few, -1), width)


def _are_few(values: Collection[str]) -> bool:
    return len(values) <= _HANDFUL and all(any(map(str.isalpha, value)) for value in values)


def _last_with_tags(sentences: Sequence[Sequence[Sequence[str]]], places: Iterable[int], width: int) -> int | None:
    """Return the first of some columns, of as many as most lines have, with tags of the first one."""
    for place in places:
        if have_few_tags([[(row[0], row[place]) for row in each if len(row) == width] for each in sentences]):
            return place
    return None


def _are_tags(tags: Counter[str], *, classes: bool) -> bool:
    """Whether there are few names, each one word; one with a letter, or 0, is on most lines if they are no classes."""
    (commonest, count), *others = tags.most_common()
    if not others or len(tags) > (_MOST_CLASSES if classes else _MOST) or len(tags) * _LINES > tags.total():
        return False
    if not all(len(tag) <= _LONGEST and len(tag.split()) == 1 for tag in tags):
        return False
    if classes or _are_places(tags) or _divide_words(tags):
        return True
    outside = max(tags[each] for each in _OUTSIDES)
    if outside >= _MUCH * tags.total() and len(tags) <= _HANDFUL:
        return True
    return count >= _COMMONEST * tags.total() and (commonest in _OUTSIDES or any(map(str.isalpha, commonest)))


def _divide_words(tags: Collection[str]) -> bool:
    """Whether tags are places of letters in words, of which nothing else is said."""
    found = {tag.upper() for tag in tags}
    return found <= _IN_WORDS and any(found >= each for each in _DIVIDE)


def _are_places(tags: Collection[str]) -> bool:
    """Whether tags are O and places in spans without a hyphen: ``BPER`` and ``IPER``, or ``BL`` and ``L``.

    Where nearly all tokens are in spans, neither O nor another tag is on most lines.
    """
    spans = {tag for tag in tags if tag not in _OUTSIDES}
    names = {tag[1:] for tag in spans if tag.startswith("B")}
    found = {place + name for place in ("", *_PLACES) for name in names}
    return len(spans) < len(tags) and len(names) < len(spans) and spans <= found


def _are_running(tokens: Sequence[str], tags: int) -> bool:
    """Whether nearly all texts are single words or signs, varied, and some of them repeat as words of sentences do."""
    filled = [token for token in tokens if token]
    single = sum(len(token.split()) == 1 for token in filled)
    if not filled or single < _SHARE * len(filled):
        return False
    words = {token for token in filled if any(map(str.isalpha, token))}
    return max(_VARIED * tags, 2 * _VARIED) <= len(words) and len(set(filled)) <= _REPEATED * len(filled)
