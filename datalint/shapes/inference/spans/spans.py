"""Labels of the words of a text, or of spans of it: tokens with tags, lines with labels, and lists of places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import CHOSEN_FROM, QUESTIONS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.evidence.tag_lists import name_parts
from datalint.shapes.guess import Guess
from datalint.shapes.inference.labelled.predicted_labels import without_predictions
from datalint.shapes.inference.spans.labelled_places import NEARLY_ALL, ROWS, TAGS, TOKENS, items_of, place_of, spanned
from datalint.shapes.inference.spans.lists_as_text import are_one_each, parse_written_lists
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.numbers import is_whole
from datalint.support.text_lists import are_texts

#: The most distinct tags, and the mean length of a token in characters at most.
_MOST_TAGS: Final = 200
#: The highest number of a class.
_MOST_CLASSES: Final = 20
#: Numbers of a list, on average, that do not rise by chance.
_LEAST_RISING: Final = 4
_LONGEST: Final = 25
#: Rows from which on places in a text are sure.
_LEAST_SPANNED: Final = 2
#: Share of rows in which lists that are named as tokens and as their tags are equally long: the others are wrong.
_AGREEING: Final = 0.8
#: The same share from which on they are proposed.
_UNLIKE: Final = 0.5
#: Names of lists of sentences.
SENTENCES: Final = frozenset("sentences sents tokens sentence".split())
#: Last words of the names of how many there are.
_LENGTHS: Final = frozenset(("len", "length", "count", "num", "size"))
#: Items of a list of lines, on average, at least.
_LEAST_LINES: Final = 3


def tags_and_spans(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about tokens and a tag for each, or a text and the tags of its tokens or its spans.

    Lists that are written as text are read as lists.
    """
    guess = _tagged(columns, rows)
    if guess is not None:
        return guess
    columns, parsed, written = parse_written_lists(columns, rows)
    return _tagged(columns, parsed, written) if written else None


def _tagged(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], written: Collection[str] = ()
) -> Guess | None:
    """Return the guess about columns of lists, some of which may have been ``written`` as text."""
    lists = [each for each in columns if each.holds in (Holds.LIST, Holds.OBJECT)]
    tags = [
        each
        for each in lists
        if not TAGS.isdisjoint(fold_name(each.key)) or strength(each.key, "category") >= Strength.HEAD
    ]
    tags = without_predictions(tags)
    # Tags of names say more than the classes of words.
    of_names = [each for each in tags if _are_of_names(rows, each.key)]
    tags = of_names if len(of_names) == 1 else tags
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if (found := spanned(columns, rows) or _by_sentences(lists, rows)) is not None:
        return Guess.of(found | class_beside(columns, found), clear=len(rows) >= _LEAST_SPANNED, basis="values")
    for each in tags:
        alike = [other for other in lists if other is not each and _same_lengths(rows, each.key, other.key)]
        tokens = next((other for other in alike if not TOKENS.isdisjoint(fold_name(other.key))), None)
        if tokens is None and alike and each.holds is Holds.LIST and not TAGS & set(fold_name(alike[0].key)):
            tokens = None if _are_numbers(rows, alike[0].key) else alike[0]
        if tokens is None or not _are_tags(rows, each.key):
            continue
        others = [other for other in lists if other not in (each, tokens)]
        answered = any(strength(other.key, "response") is Strength.WHOLE for other in others)
        if not _are_short(rows, tokens.key) and (texts or answered or not _are_lines(tokens, each, rows)):
            continue
        text = next((one for one in texts if strength(one.key, "text") or len(texts) == 1), None)
        found = {"prompt": (text or tokens).key, **_asked_of(columns, tokens), "labels": each.key}
        return Guess.of(found | class_beside(columns, found), clear=len(rows) >= 2, basis="values")
    if len(of_names) == 1 and (proposed := _of_unlike_lengths(tags[0], lists, rows)) is not None:
        return proposed
    # A part of a text, such as what one speaker says, is no other text.
    parts = [each for each in texts if each.within] if any(each.contains for each in texts) else []
    texts = [each for each in texts if each not in parts]
    if len(texts) == 1 and strength(texts[0].key, "text") >= Strength.HEAD:
        alone = [each for each in tags if _are_tags(rows, each.key) or _are_spans(rows, each.key)]
        others = [each for each in columns if each not in (*alone, *parts, texts[0]) and not is_about(each)]
        # Next to labels, other lists of few names sort the texts.
        many = len(rows) >= LEAST_ROWS
        others = [each for each in others if not (many and each.holds is Holds.LIST and _are_tags(rows, each.key))]
        quiet = all(each.holds in (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER) for each in others)
        sure = all(e.key not in written or _is_tagging(rows, texts[0].key, e.key) for e in alone)
        if len(alone) == 1 and quiet and sure:
            found = {"prompt": texts[0].key, **_asked_of(columns, texts[0]), "labels": alone[0].key}
            return Guess.of(found, clear=True, basis="values")
    return None


def _of_unlike_lengths(
    tags: SampledColumn, lists: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal for tokens and tags of names, by their names, where many rows have too few of one."""
    tokens = [each.key for each in lists if each is not tags and not TOKENS.isdisjoint(fold_name(each.key))]
    if len(tokens) != 1 or not _are_short(rows, tokens[0]):
        return None
    alike = _same_lengths(rows, tags.key, tokens[0], agreeing=_UNLIKE)
    return Guess.of({"prompt": tokens[0], "labels": tags.key}) if alike else None


def _are_of_names(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold tags that say which words are parts of names."""
    lists = [each for row in rows[:ROWS] if (each := items_of(row.get(key)))]
    return (
        bool(lists)
        and all(isinstance(tag, str) for each in lists for tag in each)
        and name_parts([" ".join(each) for each in lists])
    )


def _are_numbers(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists have nothing but numbers, or lists of them, such as scores of what was tagged."""
    items = [item for row in rows if isinstance(value := row.get(key), list) for item in value]
    inner = [one for item in items for one in (item if isinstance(item, list) else [item])]
    return bool(inner) and all(isinstance(one, int | float) for one in inner)


def _asked_of(columns: Sequence[SampledColumn], tokens: SampledColumn) -> dict[str, str]:
    """Return the question whose answer is tagged in a passage, as what is read next to it."""
    asked = [each for each in columns if each is not tokens and each.holds in (Holds.TEXT, Holds.LIST)]
    asked = [each for each in asked if has_word(each.key, QUESTIONS) and strength(each.key, "prompt") is Strength.WHOLE]
    return {"context": asked[0].key} if len(asked) == 1 else {}


def _is_tagging(rows: Sequence[Mapping[str, Any]], text: str, key: str) -> bool:
    """Whether lists that were written as text hold a tag for each word of the text, or places in it."""
    return are_one_each(rows, text, key) or _are_spans(rows, key)


def class_beside(columns: Sequence[SampledColumn], found: Mapping[str, str]) -> dict[str, str]:
    """Return the label of the whole text next to those of its parts, such as an intent, which is learned as well."""
    labels = [each for each in columns if each.key not in found.values() and is_class(each) and not each.sparse]
    # The length of a list of labels, such as ``label_len``, is no label.
    labels = [each for each in labels if _LENGTHS.isdisjoint(fold_name(each.key)[-1:])]
    return {"response": labels[0].key, "category": labels[0].key} if len(labels) == 1 else {}


def _by_sentences(lists: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the sentences as lists of words, and the spans of each sentence, as DyGIE++ and PURE have them."""
    words = [each for each in lists if SENTENCES & set(fold_name(each.key)) and _are_words(rows, each.key)]
    for each in lists:
        if len(words) != 1 or each in words or TAGS.isdisjoint(fold_name(each.key)):
            continue
        spans = [item for row in rows[:ROWS] for spans in items_of(row.get(each.key)) for item in items_of(spans)]
        if spans and all(map(place_of, spans)) and _same_lengths(rows, words[0].key, each.key, least=1):
            return {"prompt": words[0].key, "labels": each.key}
    return None


def _are_words(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are lists of sentences, each a list of words."""
    values = [each for row in rows[:ROWS] for each in items_of(row.get(key))]
    return bool(values) and all(are_texts(each, 0) for each in values)


def _are_lines(lines: SampledColumn, tags: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether lists hold texts with a tag each: several in a row, and no options or answers to choose from."""
    if has_word(lines.key, CHOSEN_FROM) or strength(lines.key, "response") or not TAGS & set(fold_name(tags.key)):
        return False
    values = [each for row in rows[:ROWS] for each in items_of(row.get(lines.key))]
    return len(values) >= _LEAST_LINES * len(rows[:ROWS]) and all(isinstance(each, str) for each in values)


def _same_lengths(
    rows: Sequence[Mapping[str, Any]], one: str, other: str, *, least: int = 2, agreeing: float = _AGREEING
) -> bool:
    """Whether two lists have as many items in each row, in some rows ``least`` or more.

    A few rows may differ if the lists are tokens and tags by their names: these rows are wrong.
    """
    pairs = [(row.get(one), row.get(other)) for row in rows[:ROWS]]
    lists = [(a, b) for a, b in pairs if isinstance(a, list) and isinstance(b, list)]
    named = not TAGS.isdisjoint(fold_name(one)) and not TOKENS.isdisjoint(fold_name(other))
    return (
        bool(lists)
        and sum(len(a) == len(b) for a, b in lists) >= (agreeing if named else 1) * len(lists)
        and sum(len(a) for a, _ in lists) >= (least - 1) * len(lists) + 1
    )


def _are_short(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold words, and not sentences."""
    values = [str(each) for row in rows[:ROWS] for each in items_of(row.get(key))]
    return bool(values) and sum(map(len, values)) <= _LONGEST * len(values)


def _are_tags(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold few different values, which are repeated."""
    values = [each for row in rows[:ROWS] for each in items_of(row.get(key))]
    if not values or not all(isinstance(each, str | int) for each in values) or _are_places(rows, key):
        return False
    distinct = len(set(values))
    return distinct <= _MOST_TAGS and distinct <= max(2, len(values) // 3)


def _are_places(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold numbers that rise, up to high ones: places in a text, and no classes of its words."""
    lists = [items for row in rows[:ROWS] if (items := items_of(row.get(key)))]
    if not all(is_whole(item) for items in lists for item in items):
        return False
    rising = sum(all(one < other for one, other in pairwise(items)) for items in lists)
    many = sum(map(len, lists)) >= _LEAST_RISING * len(lists)
    high = max((items[-1] for items in lists), default=0) > _MOST_CLASSES
    return rising >= NEARLY_ALL * len(lists) and (many or high)


def _are_spans(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold places in a text: pairs of numbers with a name, or objects with a start and an end."""
    items = [each for row in rows[:ROWS] for each in items_of(row.get(key))]
    return bool(items) and all(_is_span(each) for each in items)


def _is_span(item: object) -> bool:
    if isinstance(item, dict):
        return sum(is_whole(each) for each in item.values()) >= 2
    return isinstance(item, list) and len(item) >= 3 and sum(isinstance(each, int) for each in item) >= 2
