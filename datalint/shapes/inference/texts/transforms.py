"""Two texts of which one is made from the other: recognised by pairs of names, by languages, or by small changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.name_pairs import MADE, SPOKEN, WRITTEN, folded
from datalint.shapes.evidence.names import (
    CLASS,
    SPEAKER,
    has_word,
    is_about,
    objects_in,
    stem,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words by which the names of a text and of its correction differ: one in each.
_SWAPPED: Final = 2
#: Words of the names of the keywords of a text.
_KEYWORDS: Final = frozenset("keywords keyword keyphrases keyphrase key words word phrases phrase".split())
#: Words of the names of summaries, and how many times as long as one its text is at least.
_SUMMARIES: Final = ("summary", "summaries", "tldr", "highlights")
#: Words of the names of versions of a summary.
_VERSIONS: Final = frozenset(
    """short long brief detailed concise full medium abstractive extractive one single sentence sentences line paragraph
    bullet bullets point points executive lay""".split()
)
_CONDENSED: Final = 2
_SOURCE: Final = ("source",)
#: Words of the names of copies of a text without what a classifier does not need.
_CLEANED: Final = ("clean", "cleaned", "processed", "preprocessed")
#: Columns of a table without names up to which its texts are recognised by their scripts.
_FEW_COLUMNS: Final = 4
#: How much longer than a translation its text is at most.
_LONGER: Final = 4
#: Share of distinct values that texts have, in contrast to labels.
LEAST_DISTINCT: Final = 0.5
_READABLE: Final = (Holds.TEXT, Holds.OBJECT, Holds.LIST)


def texts_of(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns of texts that are no facts about a row, such as its number or source."""
    return [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]


def two_speakers(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about the texts of two speakers, by the pair of their names.

    If the one who usually answers asks, in the column before, as in an interview, the other one answers: a proposal.
    """
    guess = _by_names(columns, rows, folded(SPOKEN))
    if guess is None:
        return None
    found = dict(guess.columns)
    person, other = (next(e for e in columns if e.key == found[each]) for each in ("prompt", "response"))
    if other.asks and not person.asks and columns.index(other) < columns.index(person):
        return Guess.of({"prompt": other.key, "response": person.key})
    return guess


def made(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and the text made from it, by the pair of their names."""
    summarised = summary_of_longest(columns, rows) if rows >= LEAST_ROWS else None
    named = None if summarised is not None and summarised.clear else _by_names(columns, rows, folded(MADE))
    return (named and _of_flags(named, columns, rows)) or summarised


def _of_flags(guess: Guess, columns: Sequence[SampledColumn], rows: int) -> Guess:
    """Return the proposal for the flags of a text, if what is made of it is a copy that was cleaned for a classifier.

    Flags about the row, such as ``is_retweet``, are none of the text.
    """
    found = dict(guess.columns)
    if rows < LEAST_ROWS or not has_word(found["response"], _CLEANED):
        return guess
    flags = [each for each in columns if each.binary and not each.sparse and each.distinct * rows > 1.5]
    flags = [each for each in flags if not is_about(each) and use_of(each.key) != "metadata"]
    if not flags:
        return guess
    category = {"category": flags[0].key} if len(flags) == 1 else {}
    return Guess.of({"prompt": found["prompt"], "response": JOIN.join(each.key for each in flags)} | category)


def summary_of_longest(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a summary, by its name, and the longest text, if that is long enough to be its source.

    It is clear from a number of rows on.
    """
    # What is summarised may be named a source; where a row is from takes fewer words than a summary.
    sources = [each for each in columns if each.holds is Holds.TEXT and fold_name(each.key) == _SOURCE]
    texts = [*texts_of(columns), *sources]
    summaries = [each for each in texts if has_word(each.key, _SUMMARIES)]
    summaries = _versions(summaries) if len(summaries) > 1 else summaries
    if not summaries:
        return None
    others = [each for each in texts if each not in summaries]
    longest = max(others, key=lambda each: each.length, default=None)
    if longest is None or longest.distinct < LEAST_DISTINCT or longest.length < _CONDENSED * summaries[0].length:
        return None
    # Another text that is longer than the summary may be what it is of as well, unless the summary says what it is of.
    named = set(fold_name(longest.key)) < set(fold_name(summaries[0].key))
    rivals = [each for each in others if not named and each is not longest and each.length > summaries[0].length]
    rivals += [each for each in summaries if longest.length < _CONDENSED * each.length]
    quiet = named or all(strength(each.key, "heading") >= Strength.HEAD for each in others if each is not longest)
    found = {"prompt": longest.key, "response": summaries[0].key}
    clear = quiet and rows >= LEAST_ROWS and not objects_in(columns)
    return None if rivals else Guess.of(found, clear=clear, basis="names")


def _versions(summaries: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return versions of a summary, such as a short and a long one, what is written first; none for others.

    The names of others say who wrote each, or which one is right.
    """
    words = [set(fold_name(each.key)) for each in summaries]
    if any(not some <= _VERSIONS.union(_SUMMARIES) for some in words):
        return []
    # Sentences of the text are not written.
    return sorted(summaries, key=lambda each: "extractive" in fold_name(each.key))


def corrections(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its correction, where nothing else is a text; None for any other rows.

    Names such as ``incorrect_query`` and ``correct_query`` are the same but for the words that say which is right.
    """
    guess = made(columns, rows)
    if guess is None or not guess.clear:
        return None
    wrong, right = (set(fold_name(key)) for _, key in guess.columns)
    if strength(" ".join(wrong & right), "response") >= Strength.HEAD:
        return None  # two answers to a question that is not there
    return guess if len(wrong ^ right) == _SWAPPED and len(texts_of(columns)) == len(guess.columns) else None


def written_about(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and a text that may be written about it, by the pair of their names."""
    guess = _by_names(columns, rows, folded(WRITTEN))
    found = {} if guess is None else dict(guess.columns)
    keywords = [each for each in columns if _KEYWORDS.issuperset(fold_name(each.key)) and each.holds in _READABLE]
    if not strength(found.get("response", ""), "heading"):
        return guess
    if len(keywords) != 1:
        # What nobody knows, of few values, may be learned of a text below its title.
        labels = [each.key for each in columns if each.holds is Holds.LABEL and not is_about(each)]
        return None if any(use_of(key) == "unknown" and not strength(key, "category") for key in labels) else guess
    # The keywords of a text may be learned as well as its title, which is read then.
    return Guess.of({"prompt": found["prompt"], "context": found["response"], "response": keywords[0].key})


def _by_names(
    columns: Sequence[SampledColumn], rows: int, pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
) -> Guess | None:
    # Next to the only other text, a source may be what that is made of.
    alone = len(texts_of(columns)) == 1
    readable = [e for e in columns if e.holds in _READABLE and (not is_about(e) or (alone and _is_source(e)))]
    readable = [each for each in readable if strength(each.key, "group") is not Strength.HEAD]  # an ``error_type``
    words, found = [frozenset(fold_name(each.key)) for each in readable], []
    for one, own in zip(readable, words, strict=True):
        # Few names are one of a pair, so that a row of many keys costs no comparison of all with all.
        wanted = [right for left, right in pairs if left & own and not right & own] if one.holds is Holds.TEXT else []
        if wanted:
            those = zip(readable, words, strict=True)
            found += [(one, other) for other, its in those if other is not one and any(its & each for each in wanted)]
    # Of a pair that may be read both ways, the columns stand in their order.
    found = [
        pair
        for pair in dict.fromkeys(found)
        if pair[::-1] not in found or columns.index(pair[0]) < columns.index(pair[1])
    ]
    if not found:
        return None
    one, other = found[0]
    # Several of one name but for a number are as right as the first.
    same = [each for _, each in found if stem(each.key) == stem(other.key)]
    least = min(one.length, other.length) / 2
    others = [each for each in texts_of(columns) if each not in (one, *same) and each.length > least]
    # A text may be rewritten in several ways, each of which is another one.
    varied = one.distinct >= LEAST_DISTINCT or (one.length > LONG and other.distinct >= VARIED)
    clear = len(found) == len(same) and not others and varied and rows >= LEAST_ROWS
    return Guess.of({"prompt": one.key, "response": other.key}, clear=clear, basis="names")


def _is_source(column: SampledColumn) -> bool:
    """Whether a column named ``source`` holds sentences that vary, and no names of where rows are from."""
    varied = column.length > LONG and column.distinct >= LEAST_DISTINCT
    return fold_name(column.key) == _SOURCE and column.holds is Holds.TEXT and varied


def of_two(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about the only two texts of rows, one in another script or with small changes.

    None where what is learned may be a label of them.
    """
    if len(free) != 2 or rows < LEAST_ROWS or any(has_word(each.key, CLASS) for each in columns):
        return None
    one, other = free
    if are_wordings(free, columns):
        return None
    if min(one.distinct, other.distinct) < LEAST_DISTINCT or one.short is not other.short or objects_in(columns):
        return None
    if one.spoken or other.spoken or (any(map(is_unnamed, free)) and len(columns) > _FEW_COLUMNS):
        return None
    translated = one.script != other.script and one.script and other.script and not is_heading(one, other)
    if not translated and not _is_edited(columns, one, other):
        return None
    return Guess.of({"prompt": one.key, "response": other.key}, clear=True, basis="values")


def are_wordings(texts: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> bool:
    """Whether all these columns are versions of one question, by their keys, and another column has its answer."""
    asked = all(strength(each.key, "prompt") >= Strength.HEAD for each in texts)
    return asked and any(fold_name(each.key)[:1] == ("answer",) for each in columns if each not in texts)


def _is_edited(columns: Sequence[SampledColumn], one: SampledColumn, other: SampledColumn) -> bool:
    """Whether a text is another one with small changes, and no name of theirs, or of a label, says what they mean."""
    if other.edits != one.key or fold_name(one.key) == fold_name(other.key):
        return False
    meanings = ("prompt", "response", "written", "heading", "system")
    named = any(strength(each.key, meaning) for each in (one, other) for meaning in meanings)
    sorts = any(strength(each.key, "category") >= Strength.HEAD for each in columns if each not in (one, other))
    known = made(columns, LEAST_ROWS) is not None
    return not (named or sorts or known or any(has_word(each.key, SPEAKER) for each in columns))


def is_heading(one: SampledColumn, other: SampledColumn) -> bool:
    """Whether one of two texts is the heading of the other, or much longer."""
    lengths = sorted((one.length, other.length))
    return lengths[1] > _LONGER * lengths[0] or any(strength(e.key, "heading") >= Strength.HEAD for e in (one, other))
