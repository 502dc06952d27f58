"""Labels of the words of a text, or of spans of it: tokens with tags, lines with labels, and lists of places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.records.spans import place_in, span_of, with_places
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import CHOSEN_FROM, PARTS, QUESTIONS, has_word, is_about, is_asked_or_learned
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.tag_lists import name_parts
from datalint.shapes.guess import Guess
from datalint.shapes.inference.labelled.predicted_labels import without_predictions
from datalint.shapes.inference.spans.lists_as_text import are_one_each, parse_written_lists
from datalint.shapes.parallel import listed
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.numbers import is_whole
from datalint.support.text_lists import are_texts

#: Words of the names of tokens and of their tags.
_TOKENS: Final = frozenset("tokens words token word chars text sentence".split())
#: Those, and the name that older exports of doccano give a text.
_TEXTS: Final = _TOKENS | {"data"}
_TAGS: Final = frozenset(
    "tags tag labels label ner pos bio iob entities entity spans slots annotations denotations".split()
)
#: Rows, and items of a list, that are looked at.
_ROWS: Final = 50
#: The most distinct tags, and the mean length of a token in characters at most.
_MOST_TAGS: Final = 200
#: The highest number of a class.
_MOST_CLASSES: Final = 20
#: Numbers of a list, on average, that do not rise by chance.
_LEAST_RISING: Final = 4
_LONGEST: Final = 25
#: Rows from which on places in a text are sure, the items of a place that is a list, characters of its label, and the
#: share of places with one.
_LEAST_SPANNED: Final = 2
_SPAN_ITEMS: Final = (3, 5)
_LONGEST_NAME: Final = 60
_NAMED: Final = 0.9
#: Share of rows in which lists that are named as tokens and as their tags are equally long: the others are wrong.
_AGREEING: Final = 0.8
#: The same share from which on they are proposed.
_UNLIKE: Final = 0.5
#: Share of places that may lie beyond the end of their text.
_OUTSIDE: Final = 0.1
#: Words of the keys of the first and of the last place of a span.
_ENDS: Final = (
    frozenset("start begin offset from startoffset startpos".split()),
    frozenset("end stop to endoffset endpos finish".split()),
)
#: What Prodigy says an annotator did with a row, under this key: it is no answer, however it is named.
_DECISION: Final = "answer"
_DECISIONS: Final = frozenset(("accept", "reject", "ignore"))
#: Names of lists of sentences.
SENTENCES: Final = frozenset("sentences sents tokens sentence".split())
#: Last words of the names of how many there are.
_LENGTHS: Final = frozenset(("len", "length", "count", "num", "size"))
#: The key of the word that says an event, in an object with its place.
_TRIGGER: Final = "trigger"
#: The keys of the place of a passage in its document, and of the length of what is marked there, in BioC.
_OFFSET: Final = "offset"
_LENGTH: Final = "length"
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
        if not _TAGS.isdisjoint(fold_name(each.key)) or strength(each.key, "category") >= Strength.HEAD
    ]
    tags = without_predictions(tags)
    # Tags of names say more than the classes of words.
    of_names = [each for each in tags if _are_of_names(rows, each.key)]
    tags = of_names if len(of_names) == 1 else tags
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if (found := _spanned(columns, rows) or _by_sentences(lists, rows)) is not None:
        return Guess.of(found | class_beside(columns, found), clear=len(rows) >= _LEAST_SPANNED, basis="values")
    for each in tags:
        alike = [other for other in lists if other is not each and _same_lengths(rows, each.key, other.key)]
        tokens = next((other for other in alike if not _TOKENS.isdisjoint(fold_name(other.key))), None)
        if tokens is None and alike and each.holds is Holds.LIST and not _TAGS & set(fold_name(alike[0].key)):
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
    tokens = [each.key for each in lists if each is not tags and not _TOKENS.isdisjoint(fold_name(each.key))]
    if len(tokens) != 1 or not _are_short(rows, tokens[0]):
        return None
    alike = _same_lengths(rows, tags.key, tokens[0], agreeing=_UNLIKE)
    return Guess.of({"prompt": tokens[0], "labels": tags.key}) if alike else None


def _are_of_names(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold tags that say which words are parts of names."""
    lists = [each for row in rows[:_ROWS] if (each := _items(row.get(key)))]
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


def _spanned(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the text, and the list of the places in it with a label each, whatever else stands next to them.

    None where rows have a prompt or a response by their names, and where places are not within the text.
    """
    lists = [each for each in columns if each.holds is Holds.OBJECT and not has_word(each.key, PARTS)]
    texts = [each for each in columns if each.holds is Holds.TEXT and (not is_about(each) or each.key in _TEXTS)]
    # A note in which somebody marked places is the text, and no remark on the row.
    notes = [each for each in columns if each.holds is Holds.TEXT and strength(each.key, "remark") is Strength.WHOLE]
    texts = texts or [each for each in notes if each.length > LONG and each.distinct >= VARIED]
    named = [each for each in texts if strength(each.key, "text") is Strength.WHOLE or each.key in _TOKENS]
    texts = named if len(named) == 1 else texts
    others = [each for each in columns if each not in texts and not _is_decision(each, rows)]
    classes = [each for each in others if is_class(each)]
    others = [each for each in others if each not in classes or len(classes) > 1]
    readable = (each for each in others if each.holds in (Holds.TEXT, Holds.CHAT, Holds.LABEL))
    if len(texts) != 1 or any(is_asked_or_learned(each) and not is_about(each) for each in readable):
        return None
    text = texts[0].key
    found = [(each, size) for each in lists if (size := _spans(rows, text, each))]
    if not found:
        return None
    # Of several, the events, whose parts the others may be; then one with a usual name, and with the most places.
    best = max(
        found, key=lambda pair: (_are_events(pair[0], rows), not _TAGS.isdisjoint(fold_name(pair[0].key)), pair[1])
    )
    return {"prompt": text, "labels": best[0].key}


def _are_events(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds events, each with the place of the word that says it in an object."""
    items = [item for row in rows[:_ROWS] for item in _items(row.get(column.key))]
    named = has_word(column.key, ("event", "events"))
    return named and all(isinstance(item, dict) and isinstance(item.get(_TRIGGER), dict) for item in items)


def _is_decision(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column says whether an annotator accepted, rejected or ignored each row."""
    return column.key == _DECISION and all(
        isinstance(value, str) and value in _DECISIONS for row in rows if (value := row.get(_DECISION)) is not None
    )


def _spans(rows: Sequence[Mapping[str, Any]], text: str, column: SampledColumn) -> int:
    """Return how many places in the text of their row a column's lists hold; 0 where they hold anything else."""
    size = outside = 0
    labels: list[set[str]] = []
    for row in [row for row in rows if row.get(column.key)][:_ROWS]:
        whole = row.get(text)
        items = _items(row.get(column.key))
        if not isinstance(whole, str):
            return 0
        for item in items:
            place = _place(item, row.get(_OFFSET))
            if place is None or not 0 <= place[0] <= place[1]:
                return 0
            size += 1
            outside += place[1] > len(whole) + 1
            labels.append(_names(item, whole[place[0] : place[1] + 1]))
    # A few places are wrong where a text was edited after it was labelled.
    if outside > _OUTSIDE * size:
        return 0
    # The name of a label may be a part of the text by chance, such as "ID" of "IDAHO".
    if not size or sum(map(bool, labels)) < _NAMED * size:
        return 0
    # Places under a name that says nothing have few names, over and over; fewer do, if the names are called labels.
    distinct = len(set().union(*labels))
    times = 2 if _are_labelled(rows, column.key) else 3
    return size if not _TAGS.isdisjoint(fold_name(column.key)) or distinct <= max(2, size // times) else 0


def _are_labelled(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether each item of lists has places and a label under keys with names of these."""
    items = [item for row in rows[:_ROWS] for item in _items(row.get(key))]
    return all(isinstance(item, dict) and span_of(item) is not None for item in items)


def _place(item: object, offset: object = None) -> tuple[int, int] | None:
    """Return the first and the last place of a span; None for anything else.

    BioC has a length instead of the last place, in a document in which the text begins at ``offset``.
    """
    if isinstance(item, dict):
        item = with_places(item)
        first, last = (_number_of(item, ends) for ends in _ENDS)
        if last is None and first is not None and is_whole(size := item.get(_LENGTH)) and is_whole(offset):
            return first - offset, first - offset + size
        if first is not None and last is not None:
            return first, last
        if isinstance(said := item.get(_TRIGGER), dict):
            return _place(said)
        # Dataturks has the places of a label in a list of their own.
        points = next((each for each in item.values() if isinstance(each, list) and _are_objects(each)), None)
        return (
            None if points is None else _place({k: v for k, v in points[0].items() if not isinstance(v, list)}, offset)
        )
    if not isinstance(item, list) or not _SPAN_ITEMS[0] <= len(item) <= _SPAN_ITEMS[1]:
        return None
    numbers = [each for each in item if is_whole(each)]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def _number_of(item: dict[str, Any], words: frozenset[str]) -> int | None:
    """Return the place under the shortest key with one of ``words`` (``end``, not ``token_end``); None for none."""
    places = {key: at for key, value in item.items() if _has_end(key, words) and (at := place_in(value)) is not None}
    return places[min(places, key=lambda key: len(fold_name(key)))] if places else None


def _are_objects(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(each, dict) for each in items[:_ROWS])


def _has_end(key: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(fold_name(key))


def _names(item: object, covered: str) -> set[str]:
    """Return the texts of a span that are not those at its place."""
    values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return {each for each in flat if isinstance(each, str) and 0 < len(each) <= _LONGEST_NAME and each not in covered}


def _by_sentences(lists: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the sentences as lists of words, and the spans of each sentence, as DyGIE++ and PURE have them."""
    words = [each for each in lists if SENTENCES & set(fold_name(each.key)) and _are_words(rows, each.key)]
    for each in lists:
        if len(words) != 1 or each in words or _TAGS.isdisjoint(fold_name(each.key)):
            continue
        spans = [item for row in rows[:_ROWS] for spans in _items(row.get(each.key)) for item in _items(spans)]
        if spans and all(map(_place, spans)) and _same_lengths(rows, words[0].key, each.key, least=1):
            return {"prompt": words[0].key, "labels": each.key}
    return None


def _are_words(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are lists of sentences, each a list of words."""
    values = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(values) and all(are_texts(each, 0) for each in values)


def _are_lines(lines: SampledColumn, tags: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether lists hold texts with a tag each: several in a row, and no options or answers to choose from."""
    if has_word(lines.key, CHOSEN_FROM) or strength(lines.key, "response") or not _TAGS & set(fold_name(tags.key)):
        return False
    values = [each for row in rows[:_ROWS] for each in _items(row.get(lines.key))]
    return len(values) >= _LEAST_LINES * len(rows[:_ROWS]) and all(isinstance(each, str) for each in values)


def _same_lengths(
    rows: Sequence[Mapping[str, Any]], one: str, other: str, *, least: int = 2, agreeing: float = _AGREEING
) -> bool:
    """Whether two lists have as many items in each row, in some rows ``least`` or more.

    A few rows may differ if the lists are tokens and tags by their names: these rows are wrong.
    """
    pairs = [(row.get(one), row.get(other)) for row in rows[:_ROWS]]
    lists = [(a, b) for a, b in pairs if isinstance(a, list) and isinstance(b, list)]
    named = not _TAGS.isdisjoint(fold_name(one)) and not _TOKENS.isdisjoint(fold_name(other))
    return (
        bool(lists)
        and sum(len(a) == len(b) for a, b in lists) >= (agreeing if named else 1) * len(lists)
        and sum(len(a) for a, _ in lists) >= (least - 1) * len(lists) + 1
    )


def _are_short(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold words, and not sentences."""
    values = [str(each) for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(values) and sum(map(len, values)) <= _LONGEST * len(values)


def _are_tags(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold few different values, which are repeated."""
    values = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    if not values or not all(isinstance(each, str | int) for each in values) or _are_places(rows, key):
        return False
    distinct = len(set(values))
    return distinct <= _MOST_TAGS and distinct <= max(2, len(values) // 3)


def _are_places(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold numbers that rise, up to high ones: places in a text, and no classes of its words."""
    lists = [items for row in rows[:_ROWS] if (items := _items(row.get(key)))]
    if not all(is_whole(item) for items in lists for item in items):
        return False
    rising = sum(all(one < other for one, other in pairwise(items)) for items in lists)
    many = sum(map(len, lists)) >= _LEAST_RISING * len(lists)
    high = max((items[-1] for items in lists), default=0) > _MOST_CLASSES
    return rising >= _NAMED * len(lists) and (many or high)


def _are_spans(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold places in a text: pairs of numbers with a name, or objects with a start and an end."""
    items = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(items) and all(_is_span(each) for each in items)


def _is_span(item: object) -> bool:
    if isinstance(item, dict):
        return sum(is_whole(each) for each in item.values()) >= 2
    return isinstance(item, list) and len(item) >= 3 and sum(isinstance(each, int) for each in item) >= 2


def _items(value: object) -> list[Any]:
    return listed(value)[:_ROWS]
