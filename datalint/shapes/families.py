"""Columns that mean something together: labels of tokens, several labels of a text, and options of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.names import CHOICE, CLASS, LABEL, RIGHT, has_word, is_about, named_as, stem
from datalint.shapes.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.side_keys import use_of
from datalint.support.column_names import Strength, fold_name, strength

#: Words of the names of tokens and of their tags.
_TOKENS: Final = frozenset(("tokens", "words", "token", "chars", "text", "sentence"))
_TAGS: Final = frozenset(
    (
        "tags",
        "tag",
        "labels",
        "label",
        "ner",
        "pos",
        "bio",
        "iob",
        "entities",
        "entity",
        "spans",
        "slots",
        "annotations",
    )
)
#: Distinct tags of a token that there are at most, and tokens of a row, on average, that there are at least.
_MOST_TAGS: Final = 200
_ROWS: Final = 50
#: Characters of a token, on average, at most.
_LONGEST: Final = 25
#: Columns of zeros and ones from which on they are the labels of a text together.
_LEAST_LABELS: Final = 3
#: Most keys that a response is joined of.
_MOST: Final = 40
#: Values that are taken from a text at least, and what they may be.
_LEAST_VALUES: Final = 4
_WORDS: Final = (Holds.TEXT, Holds.LABEL)
_VALUES: Final = (Holds.TEXT, Holds.LABEL, Holds.LIST, Holds.OTHER)
#: Share of distinct texts, and of values that are in their text, from which on they are taken from it.
_VARIED: Final = 0.5
_OPTIONS: Final = (*CHOICE, "candidates", "candidate", "选项", "選択肢", "보기", "opciones", "варианты")


def tagged(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about tokens and a tag for each, or a text and the tags of its tokens or its spans."""
    lists = [each for each in columns if each.holds in (Holds.LIST, Holds.OBJECT)]
    tags = [
        each
        for each in lists
        if not _TAGS.isdisjoint(fold_name(each.key)) or strength(each.key, "category") >= Strength.HEAD
    ]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    for each in tags:
        alike = [other for other in lists if other is not each and _same_lengths(rows, each.key, other.key)]
        tokens = next((other for other in alike if not _TOKENS.isdisjoint(fold_name(other.key))), None)
        if tokens is None and alike and each.holds is Holds.LIST and not _TAGS & set(fold_name(alike[0].key)):
            tokens = alike[0]
        if tokens is None or not _are_tags(rows, each.key) or not _are_short(rows, tokens.key):
            continue
        text = next((one for one in texts if strength(one.key, "text") or len(texts) == 1), None)
        found = {"prompt": (text or tokens).key, "labels": each.key}
        return Guess.of(found, clear=len(rows) >= 2, basis="values")
    if len(texts) == 1 and strength(texts[0].key, "text") >= Strength.HEAD:
        alone = [each for each in tags if _are_tags(rows, each.key) or _are_spans(rows, each.key)]
        others = [each for each in columns if each not in (*alone, texts[0]) and not is_about(each)]
        quiet = all(each.holds in (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER) for each in others)
        if len(alone) == 1 and quiet:
            return Guess.of({"prompt": texts[0].key, "labels": alone[0].key}, clear=True, basis="values")
    return None


def _same_lengths(rows: Sequence[Mapping[str, Any]], one: str, other: str) -> bool:
    pairs = [(row.get(one), row.get(other)) for row in rows[:_ROWS]]
    lists = [(a, b) for a, b in pairs if isinstance(a, list) and isinstance(b, list)]
    return bool(lists) and all(len(a) == len(b) for a, b in lists) and sum(len(a) for a, _ in lists) > len(lists)


def _are_short(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold words, and not sentences."""
    values = [str(each) for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(values) and sum(map(len, values)) <= _LONGEST * len(values)


def _are_tags(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold few different values, over and over."""
    values = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    if not values or not all(isinstance(each, str | int) for each in values):
        return False
    distinct = len(set(values))
    return distinct <= _MOST_TAGS and distinct <= max(2, len(values) // 3)


def _are_spans(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold places in a text: pairs of numbers with a name, or objects with a start and an end."""
    items = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(items) and all(_is_span(each) for each in items)


def _is_span(item: object) -> bool:
    if isinstance(item, dict):
        return sum(isinstance(each, int) and not isinstance(each, bool) for each in item.values()) >= 2
    return isinstance(item, list) and len(item) >= 3 and sum(isinstance(each, int) for each in item) >= 2


def _items(value: object) -> list[Any]:
    return value[:_ROWS] if isinstance(value, list) else []


def several_labels(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text with several labels, each a column of zeros and ones."""
    labels = [each for each in columns if each.binary and not is_about(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    others = [each for each in columns if each not in labels and each.holds in (Holds.LABEL, Holds.NUMBER)]
    if sum(has_word(each.key, LABEL) for each in labels) == 1:
        return None  # the label, and what annotators or rules said
    if len(texts) != 1 or not _LEAST_LABELS <= len(labels) <= _MOST or rows < LEAST_ROWS:
        return None
    text = texts[0]
    named = strength(text.key, "text") or strength(text.key, "prompt")
    clear = bool(named) and text.distinct >= 0.5 and text.length > LONG and all(map(is_about, others))
    if not clear:
        return None
    return Guess.of(
        {"prompt": text.key, "response": JOIN.join(each.key for each in labels)}, clear=clear, basis="values"
    )


def with_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, a list or an object of its options, and which one is right."""
    lists = [
        each
        for each in columns
        if each.holds in (Holds.LIST, Holds.OBJECT) and has_word(each.key, _OPTIONS) and not is_about(each)
    ]
    if len(lists) != 1:
        return None
    options = lists[0]
    rest = [each for each in columns if each is not options and not is_about(each)]
    rights = [each for each in rest if _is_key(each) and has_word("".join(fold_name(each.key)), RIGHT)]
    rights = rights or [each for each in named_as(rest, "response") if _is_key(each)]
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights]
    asked = [each for each in (*named_as(texts, "prompt"), *named_as(texts, "text"), *texts) if not each.code]
    if not rights and asked and len(rows) >= LEAST_ROWS and _is_open(rest, asked[0]):
        return Guess.of({"prompt": asked[0].key, "context": options.key}, clear=True, basis="values")
    if not rights or not asked:
        return None
    question = asked[0]
    name = stem(question.key)
    near = [
        each
        for each in texts
        if each is not question and (strength(each.key, "context") >= Strength.HEAD or stem(each.key) == name)
    ]
    context = JOIN.join(each.key for each in (*near, options))
    found = {"prompt": question.key, "context": context, "response": rights[0].key}
    return Guess.of(found, clear=True, basis="values")


def _is_open(columns: Sequence[SampledColumn], question: SampledColumn) -> bool:
    """Whether a question with options has no answer: all else sorts the rows, or holds facts about them."""
    facts = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
    others = [each for each in columns if each is not question and each.holds not in facts]
    return strength(question.key, "prompt") >= Strength.HEAD and all(map(_sorts, others))


def _sorts(column: SampledColumn) -> bool:
    """Whether a column of few values is a topic by its name, and no label."""
    group = any(strength(column.key, each) >= Strength.HEAD for each in ("group", "category"))
    return column.holds is Holds.LABEL and group and not has_word(column.key, CLASS)


def extracted(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and an object of what is taken from it: most values are words of it."""
    filled = [each for each in columns if each.holds is not Holds.NOTHING and use_of(each.key) != "metadata"]
    used = [each for each in filled if each.holds is Holds.OBJECT or not is_about(each)]
    texts = [each for each in used if each.holds is Holds.TEXT and use_of(each.key) != "learned"]
    objects = [each for each in used if each.holds is Holds.OBJECT]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(objects) != 1 or len(used) > 2 or texts[0].length <= LONG:
        return None
    text, value = texts[0].key, objects[0].key
    clear = texts[0].distinct >= _VARIED and are_within(rows, text, (value,))
    return Guess.of({"prompt": text, "response": value}, clear=True, basis="values") if clear else None


def are_within(rows: Sequence[Mapping[str, Any]], text: str, keys: Sequence[str]) -> bool:
    """Whether half of the values under ``keys``, over rows, are in the text of their row, but for capitals."""
    found = size = 0
    for row in rows[:_ROWS]:
        whole = str(row.get(text)).casefold()
        values = [each.casefold() for key in keys for each in _scalars(row.get(key))]
        size += len(values)
        found += sum(each in whole for each in values)
    return size >= min(len(rows), LEAST_ROWS) // 2 and found >= _VARIED * size


def _scalars(value: object) -> list[str]:
    """Return the texts and numbers in a value, as deep as one list or object in another."""
    if isinstance(value, dict | list):
        items = list(value.values() if isinstance(value, dict) else value)[:_MOST]
        inner = [each for item in items if isinstance(item, dict | list) for each in _flat(item)]
        return [*(each for item in items if not isinstance(item, dict | list) for each in _scalars(item)), *inner]
    if isinstance(value, bool) or value is None or value == "":
        return []
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def _flat(value: dict[str, Any] | list[Any]) -> list[str]:
    items = list(value.values() if isinstance(value, dict) else value)[:_MOST]
    return [each for item in items if not isinstance(item, dict | list) for each in _scalars(item)]


def attributes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a long text and what is taken from it: short values under names of their own."""
    filled = [each for each in columns if each.holds is not Holds.NOTHING]
    texts = [each for each in filled if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    text = texts[0].key if texts else ""
    # What its name says is about the row may be taken from the text as well, such as a length in words.
    used = [
        each for each in filled if not is_about(each) or (each.holds in _WORDS and are_within(rows, text, (each.key,)))
    ]
    values = [each for each in used if each not in texts and each.holds in _VALUES]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(values) < _LEAST_VALUES or len(values) + 1 < len(used):
        return None
    if any(each.length > texts[0].length / _LEAST_LABELS for each in values) or any(map(_is_stated, used)):
        return None
    keys = [each.key for each in values[:_MOST]]
    clear = texts[0].distinct >= _VARIED and are_within(rows, texts[0].key, keys)
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(keys)}, clear=clear, basis="values")


def _is_stated(column: SampledColumn) -> bool:
    """Whether a column's name says what is learned, or asked."""
    return has_word(column.key, CLASS) or any(
        strength(column.key, each) >= Strength.HEAD for each in ("prompt", "response")
    )


def _is_key(column: SampledColumn) -> bool:
    """Whether a column may hold which option is right: a letter, a number, or the option itself."""
    return column.holds in (Holds.LABEL, Holds.NUMBER, Holds.LIST) or (column.holds is Holds.TEXT and column.short)
