"""Objects and sets of columns that are the response to a text: its labels, and values extracted from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.aims import is_aim
from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.names import (
    ARGUMENTS,
    CALLED,
    CHOSEN_FROM,
    CLASS,
    OUTPUTS,
    PARTS,
    has_word,
    is_about,
    is_asked_or_learned,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.spans.annotations import are_annotations, noted_alone
from datalint.shapes.inference.spans.distributions import are_distributions
from datalint.shapes.inference.spans.placed_notes import placed_notes
from datalint.shapes.inference.texts.prompt_alone import is_next
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Rows from which on the names of two objects are enough.
_FEW_ROWS: Final = 3
#: Rows that are looked at, and most keys of an object, or of a response that is joined of columns.
_ROWS: Final = 50
_MOST: Final = 40
#: Values that are taken from a text at least, what they may be, and how many times the text is as long as each.
_LEAST_VALUES: Final = 4
_VALUES: Final = (Holds.TEXT, Holds.LABEL, Holds.LIST, Holds.OTHER)
_LONGER: Final = 3
#: Characters up to which a value is in many texts by chance.
_SHORT: Final = 3
#: Share of distinct texts, and of values that are in their text, from which on they are taken from it.
_VARIED: Final = 0.5
#: Words of keys of lists of relations, and of the entities that they relate.
_RELATED: Final = ("relation", "relations", "triple", "triples", "triplet", "triplets")
#: First words of keys of values found in a text, before ``list``.
_LISTED: Final = frozenset((*_RELATED, "spo", "event", "events"))
_RELATING: Final = ("entity", "entities", "mention", "mentions")
#: Words of the names of lists of labels that somebody gave a text.
_ANNOTATED: Final = ("annotation", "annotations", "annotated")
#: Share of rows that must have an object of labels, of distinct values of one of them at most, and its characters.
_FILLED: Final = 0.9
_FEW: Final = 0.2
_LONGEST_NAME: Final = 60


def structured_output(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, or an object of texts, and the one list or object that is made of it.

    The list or object is whole the response. It is sure if its name says that it is written, if it has few values under
    each key, or if its values are words of the text, which a few rows show. It is proposed next to a prompt of which
    nothing else is made, or next to a text and nothing else, or if it has a share for each of some labels, which may
    also be what a model predicts.
    """
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    answers = [each for each in columns if each.holds in (Holds.LIST, Holds.OBJECT) and _may_answer(each, rows)]
    answers = [each for each in answers if not (checks(each.key) or is_next(each) or is_aim(each, columns))]
    if (placed := placed_notes(columns, answers, rows)) is not None:
        return placed
    related = [each for each in answers if has_word(each.key, _RELATED)]
    marked = [each for each in answers if each not in related and has_word(each.key, _RELATING)]
    if len(related) == 1 and marked:
        # Related entities are learned with their relations.
        used, answers = [each for each in used if each not in marked], related
    named = [each for each in answers if _is_named(each)]
    classified = [each for each in answers if _are_labels(rows, each.key) or _are_classes(rows, each)]
    soft = [each for each in answers if are_distributions(rows, each.key)]
    answers = next((some for some in (named, classified, soft) if len(some) == 1), answers)
    if soft and answers == soft:
        used = [each for each in used if not each.sparse]  # a text that few rows have is no part of what is classified
    answers = answers or noted_alone(used, rows)
    asked = None if len(rows) < _FEW_ROWS or len(answers) != 1 else _asked(used, answers[0], rows)
    if asked is None:
        return None
    answer = answers[0]
    rest = [each for each in used if each not in (asked, answer)]
    noted = bool(strength(asked.key, "text")) and are_annotations(rows, asked.key, answer)
    record = _are_records(rows, asked.key, answer.key)
    alone = record or (noted and not rest)
    if len(rows) < LEAST_ROWS and not (alone and are_within(rows, asked.key, (answer.key,))):
        return None  # of few rows, only lists and records of parts of a text say enough
    if (
        asked.distinct < _VARIED
        or any(is_right(each.key) for each in used if each is not answer)
        or any(map(_is_another, rest))
        or has_word(asked.key, OUTPUTS)
    ):
        return None
    titled = any(strength(each.key, "heading") is Strength.WHOLE for each in rest)
    if titled and strength(asked.key, "prompt") < Strength.HEAD and not has_word(answer.key, CLASS):
        return None  # an article, and its metadata in a collection
    within = asked.holds is Holds.TEXT and are_within(rows, asked.key, (answer.key,))
    alone = noted and not rest
    if answer in classified or (answer.holds is Holds.OBJECT and within) or _is_named(answer) or alone:
        return Guess.of({"prompt": asked.key, "response": answer.key}, clear=True, basis="values")
    if strength(asked.key, "written") is Strength.WHOLE and used == [answer, asked]:
        return Guess.of({"prompt": answer.key, "response": asked.key})  # a recipe is written from its ingredients
    if noted and all(each.holds is Holds.LABEL or each.binary for each in rest):
        # What else is said of the text in few values may be learned as well.
        return Guess.of({"prompt": asked.key, "response": JOIN.join(each.key for each in used if each is not asked)})
    asks = (strength(asked.key, "prompt") is Strength.WHOLE or len(columns) == 2) and not is_about(answer)
    asks = asks or answer in soft
    return Guess.of({"prompt": asked.key, "response": answer.key}) if asks else None


def _asked(
    used: Sequence[SampledColumn], answer: SampledColumn, rows: Sequence[Mapping[str, Any]]
) -> SampledColumn | None:
    """Return the only text, or the one that is a prompt by its name, next to an answer; or the only object of texts."""
    texts = [each for each in used if each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS and len(texts) > 1:
        texts = [each for each in texts if each.length > LONG]  # of few rows, words such as a kind are texts too
    texts = [each for each in texts if strength(each.key, "text") or use_of(each.key) != "learned"]
    texts = [each for each in texts if strength(each.key, "heading") < Strength.WHOLE]
    named = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    if len(texts) == 1 or len(named) == 1:
        return (named or texts)[0]
    objects = [each for each in used if each.holds is Holds.OBJECT and each is not answer and _has_text(rows, each.key)]
    return objects[0] if len(objects) == 1 and not texts else None


def _may_answer(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a list or an object may be an answer: nearly all rows have it, and its name says nothing else."""
    if column.sparse or has_word(column.key, (*PARTS, *CHOSEN_FROM)) or strength(column.key, "test") >= Strength.HEAD:
        return False
    if sum(isinstance(row.get(column.key), list | dict) for row in rows) < _FILLED * len(rows):
        return False
    about = is_about(column) and column.holds is not Holds.OBJECT
    return _is_named(column) or (use_of(column.key) in ("unknown", "learned") and not about)


def _is_named(column: SampledColumn) -> bool:
    """Whether a name is that of a response, of a class, or of what is written of a text; topics and tags sort rows."""
    if strength(column.key, "response") >= Strength.HEAD:
        return True
    if use_of(column.key) == "metadata" and not has_word(column.key, CLASS):
        return False
    words = fold_name(column.key)
    if words[-1:] == ("list",) and words[0] in _LISTED:
        return True
    stated = strength(column.key, "category") is Strength.WHOLE and has_word(column.key, CLASS)
    return stated or strength(column.key, "written") >= Strength.HEAD


def _is_another(column: SampledColumn) -> bool:
    """Whether a column may be what is asked or learned instead of a list or an object."""
    if column.holds in (Holds.TEXT, Holds.LIST, Holds.OBJECT, Holds.CHAT):
        return use_of(column.key) in ("unknown", "learned") or is_asked_or_learned(column)
    return column.holds is Holds.LABEL and is_asked_or_learned(column)


def _are_labels(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are objects of short texts, numbers and flags, which are few over all rows under each key.

    Of several flags, some may be the same in all rows: a rare class (``{"cats": {"sauce": 0.0, "cake": 1.0}}``).
    """
    values = [row.get(key) for row in rows]
    objects = [each for each in values if isinstance(each, dict) and each]
    names = {name for each in objects for name in each}
    if len(objects) < _FILLED * len(rows) or not 0 < len(names) <= _MOST:
        return False
    varied = False
    for name in names:
        found = [each[name] for each in objects if name in each]
        flags = all(isinstance(each, int | float) and each in (0, 1) for each in found)
        words = found if flags else [each for each in found if isinstance(each, str | int | None)]
        if len(words) < len(found) or any(isinstance(each, str) and len(each) > _LONGEST_NAME for each in words):
            return False
        different = len(set(map(str, words)))
        if different > max(3, _FEW * len(objects)) or not (different > 1 or flags):
            return False
        varied = varied or different > 1
    return varied


def _are_classes(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether values are lists of short texts, few over all rows, that are named as what annotators said.

    The items may be lists of these: a class and its subclasses.
    """
    lists = [row[column.key] for row in rows if isinstance(row.get(column.key), list)]
    if not has_word(column.key, _ANNOTATED) or len(lists) < _FILLED * len(rows):
        return False
    items = [item for each in lists for item in each[:_MOST]]
    values = [one for item in items for one in (_flat(item) if isinstance(item, list) else [item])]
    short = all(isinstance(each, str) and 0 < len(each) <= _LONGEST_NAME for each in values)
    return short and 1 < len(set(values)) <= max(3, _FEW * len(values))


def _has_text(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are objects, each with a text of some length."""
    objects = [row.get(key) for row in rows]
    return all(
        isinstance(each, dict) and any(isinstance(item, str) and len(item) > LONG / 2 for item in each.values())
        for each in objects
    )


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


def _are_records(rows: Sequence[Mapping[str, Any]], text: str, key: str) -> bool:
    """Whether values are objects with several keys, the same in all rows, and half of their texts in that of the row.

    Numbers of one or two digits are in any text.
    """
    objects = [value for row in rows[:_ROWS] if isinstance(value := row.get(key), dict) and len(value) > 1]
    if len(objects) < len(rows[:_ROWS]) or any(each.keys() != objects[0].keys() for each in objects):
        return False
    pairs = [(each.casefold(), str(row.get(text)).casefold()) for row in rows[:_ROWS] for each in _scalars(row[key])]
    long = [one in whole for one, whole in pairs if len(one) > _SHORT]
    return len(long) >= 2 * len(objects) and sum(long) >= _VARIED * len(long)


def _flat(value: dict[str, Any] | list[Any]) -> list[str]:
    items = list(value.values() if isinstance(value, dict) else value)[:_MOST]
    return [each for item in items if not isinstance(item, dict | list) for each in _scalars(item)]


def attributes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a long text and what is taken from it: short values under names of their own."""
    filled = [each for each in columns if each.holds is not Holds.NOTHING and not (each.sparse and each.length > LONG)]
    texts = [each for each in filled if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    # A text that comes over and over next to one that does not is a value, such as what is to be done.
    texts = [each for each in texts if each.distinct >= _VARIED] or texts
    text = texts[0].key if texts else ""
    # What its name says is about the row may be taken from the text as well, such as a length in words.
    used = [
        each
        for each in filled
        if not is_about(each) or (each.holds in READABLE and are_within(rows, text, (each.key,)))
    ]
    used = [each for each in used if not (each.holds is Holds.NUMBER and (each.binary or each.share))]
    # A title stands above a text, unless its words are in it.
    titles = [each for each in used if strength(each.key, "heading") is Strength.WHOLE and each not in texts]
    used = [each for each in used if each not in titles or are_within(rows, text, (each.key,))]
    values = [each for each in used if each not in texts and each.holds in _VALUES]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(values) < _LEAST_VALUES or len(values) + 1 < len(used):
        return None
    if any(each.length > texts[0].length / _LONGER for each in values) or any(map(is_asked_or_learned, used)):
        return None
    if 0 < sum(is_right(each.key) for each in values) < len(values):
        return None  # what is right by its name, and what else is known of the text
    keys = [each.key for each in values[:_MOST]]
    clear = texts[0].distinct >= _VARIED and are_within(rows, texts[0].key, keys)
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(keys)}, clear=clear, basis="values")


def with_arguments(guess: Guess | None, columns: Sequence[SampledColumn]) -> Guess | None:
    """Return a guess that reads a tool together with its arguments, where it takes one of both for the answer.

    Where nothing else answers a prompt, both do.
    """
    found = {} if guess is None else dict(guess.columns)
    called = [each.key for each in columns if each.short and has_word(each.key, CALLED)]
    objects = [each for each in columns if each.holds is Holds.OBJECT or each.listed]
    given = [each.key for each in objects if has_word(each.key, ARGUMENTS)]
    both = (*called, *given)
    if (guess is None or found.keys() == {"text"}) and len(called) == len(given) == 1:
        texts = [each.key for each in columns if each.holds is Holds.TEXT and each.key not in both]
        said = bool(texts) and any(strength(texts[0], each) >= Strength.HEAD for each in ("prompt", "text"))
        if len(texts) != 1 or not said:
            return guess
        return Guess.of({"prompt": texts[0], "response": JOIN.join(both)}, clear=True, basis="names")
    if guess is None or len(called) != 1 or len(given) != 1 or found.get("response") not in both:
        return guess
    kept = {key: value for key, value in found.items() if value not in both} | {"response": JOIN.join(both)}
    return Guess.of(kept, clear=guess.clear, basis=guess.basis)
