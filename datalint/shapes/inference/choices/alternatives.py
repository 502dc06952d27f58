"""Two alternatives under numbered names, with the number of the right one: COPA and tables like it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import BETTER, CHOICE, JUDGED, OUTPUTS, REASONS, has_word, is_about, stem
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.choices.series import series_of
from datalint.support.letters import letters_of
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.metadata_keys import HELD_OUT, SPLITS, TRAINING

#: Mean characters of an alternative at most.
_LONGEST: Final = 200
_FACTS: Final = (Holds.NOTHING, Holds.REFERENCE, Holds.NUMBER)
#: Names of the number of the right one, next to two that are alternatives by their names. A plural means the same.
_LABELS: Final = (("label",), ("labels",))
#: The name of a pair, without the number.
_NAME: Final = r"[a-z]+(?:[_ ][a-z]+)*"
#: The numbers of two things in a name, one of which is meant.
_EITHER: Final = re.compile(r"(?i)([0-9])[ _-]?or[ _-]?[a-z]{0,8}([0-9])")
#: Words of the names of alternatives, of which a ``warrant`` is one that leads from a reason to a claim.
_ALTERNATIVES: Final = (*CHOICE, "warrant", "warrants")
#: Last words of the names of what is drawn from a reason.
_CLAIMS: Final = (("claim",), ("conclusion",))
#: Rows that are looked at.
_ROWS: Final = 200


def alternatives(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, two alternatives to go on with, and the number of the right one.

    The text may be several sentences under numbered names, or all texts of the row if the key names both alternatives.
    A key says by its name that it chooses one of them. Copies of all texts in another language are left out.
    """
    if len(rows) < LEAST_ROWS:
        return None
    if (abductive := _abductive(columns, rows)) is not None:
        return Guess.of(abductive, clear=True, basis="names")
    rights = [each for each in columns if _chooses(each, rows)]
    pairs = _pairs([each for each in columns if each not in rights])
    if not rights and all(has_word(each.key, _ALTERNATIVES) for pair in pairs for each in pair):
        rights = [each for each in columns if fold_name(each.key) in _LABELS and _are_numbers_of_two(each.key, rows)]
    if not rights and len(pairs) == 1:
        return _right_of_two(columns, pairs[0], rows) or _chosen_of_two(columns, pairs[0], rows)
    if len(rights) != 1 or len(pairs) != 1:
        return None
    one, other = pairs[0]
    rest = [each for each in columns if each not in (one, other, rights[0]) and not _explains(each)]
    # A reason in words next to a claim is what the claim is drawn from, and explains no answer: a choice may have one.
    claimed = any(fold_name(each.key)[-1:] in _CLAIMS for each in rest)
    claimed = claimed and any(_is_remark(each, repeats=True) for each in rest)
    told = _names_both(rights[0].key, one.key, other.key) or (claimed and fold_name(rights[0].key) in _LABELS)
    rest = [each for each in rest if not is_about(each) or (told and _is_remark(each, repeats=claimed))]
    texts = [each for each in rest if each.holds is Holds.TEXT]
    texts = [each for each in texts if not any(_is_copy(each.key, key.key) for key in columns if key is not each)]
    kinds = [each for each in rest if each.holds is Holds.LABEL and not _are_splits(each.key, rows)]
    if not told and (len({stem(each.key) for each in texts}) != 1 or len(kinds) > 1):
        return None
    if any(each.holds not in (*_FACTS, Holds.TEXT, Holds.LABEL) for each in rest):
        return None
    found = [*(each.key for each in kinds), one.key, other.key]
    asked = [each.key for each in texts]
    if not all(map(can_be_typed, (*found, *asked, rights[0].key))):
        return None
    read = {"prompt": JOIN.join(asked), "context": JOIN.join(found)}
    return Guess.of(read | {"response": rights[0].key}, clear=True, basis="values")


def _are_splits(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a key of the set that a row is of names splits, such as ``train_swap``."""
    if key.lower() not in SPLITS:
        return False
    firsts = {re.split(r"[\W_]+", value.lower())[0] for row in rows if isinstance(value := row.get(key), str)}
    return firsts <= TRAINING | HELD_OUT


def _chosen_of_two(
    columns: Sequence[SampledColumn], pair: tuple[SampledColumn, SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal of two options and the letter or number of the one that was chosen, without another text.

    The reasons for the choice are left out.
    """
    ends = {"".join(fold_name(each.key)[-1:]) for each in pair}
    rest = [each for each in columns if each not in pair]
    marks = [each for each in rest if has_word(each.key, CHOICE) and _marks(each.key, rows) == ends]
    texts = [each for each in rest if each.holds is Holds.TEXT and not has_word(each.key, REASONS)]
    if len(marks) != 1 or texts or not all(can_be_typed(each.key) for each in (*pair, *marks)):
        return None
    return Guess.of({"prompt": JOIN.join(each.key for each in pair), "response": marks[0].key})


def _right_of_two(
    columns: Sequence[SampledColumn], pair: tuple[SampledColumn, SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess about texts, two options for them, and the letter at the end of the right one's name.

    The texts are read in the order in which they stand. Numbers may be those of a class.
    """
    ends = {each.key[-1:].casefold() for each in pair}
    rest = [each for each in columns if each not in pair]
    marks = [each for each in rest if names_right_option(each.key) and _marks(each.key, rows) == ends]
    texts = [each for each in rest if each.holds is Holds.TEXT and not (has_word(each.key, REASONS) or is_about(each))]
    texts = [each for each in texts if each not in marks and each.length > LONG]
    if len(marks) != 1 or not all(map(str.isalpha, ends)) or not texts:
        return None
    if not all(can_be_typed(each.key) for each in (*texts, *pair, *marks)):
        return None
    prompt, options = (JOIN.join(each.key for each in some) for some in (texts, pair))
    found = {"prompt": prompt, "context": options, "response": marks[0].key}
    return Guess.of(found, clear=True, basis="values")


def _marks(key: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(row.get(key)).strip().casefold() for row in rows[:_ROWS]}


def _abductive(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the keys of two observations, two hypotheses of what came between them, and the number of the right one.

    A ``modeling_label`` counts the same hypotheses from 0.
    """
    plain = {letters_of(each.key): each for each in columns if can_be_typed(each.key)}
    texts = [[plain.get(f"{name}{number}") for number in (1, 2)] for name in ("obs", "hyp")]
    keys = [[each.key for each in pair if each is not None and each.holds is Holds.TEXT] for pair in texts]
    label = plain.get("label")
    if not len(keys[0]) == len(keys[1]) == 2 or label is None or not _are_numbers_of_two(label.key, rows):
        return None
    return {"prompt": JOIN.join(keys[0]), "context": JOIN.join(keys[1]), "response": label.key, "category": label.key}


def _pairs(columns: Sequence[SampledColumn]) -> list[tuple[SampledColumn, SampledColumn]]:
    """Return the columns of short texts whose names differ in the number or letter of one of two."""
    short = [each for each in columns if each.length <= _LONGEST]
    series = series_of(short, (Holds.TEXT,), least=2)
    found = [named for name, named in series if len(named) == 2 and re.fullmatch(_NAME, name)]
    return [(named[one], named[other]) for named in found for one, other in [sorted(named)]]


def _chooses(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column has the number of one of two in every row, and says by its name that it chooses one."""
    # A key named "choice" may contain a preference.
    if _names_two(column.key):
        return _are_numbers_of_two(column.key, rows)
    if len(fold_name(column.key)) < 2 or not has_word(column.key, CHOICE):
        return False
    # The right one of two endings is an answer, the better one what somebody prefers.
    better = () if has_word(column.key, ("answer",)) else BETTER
    if has_word(column.key, (*better, *JUDGED, *OUTPUTS)):
        return False
    return _are_numbers_of_two(column.key, rows)


def _explains(column: SampledColumn) -> bool:
    """Whether a column has lists of explanations, such as those of several people."""
    return column.holds in (Holds.LIST, Holds.OBJECT) and has_word(column.key, REASONS)


def _is_remark(column: SampledColumn, *, repeats: bool) -> bool:
    """Whether a text in each row is one that somebody may have noted down by its name alone: a ``reason``.

    One that ``repeats``, since an argument has several pairs of alternatives, is read too.
    """
    varied = repeats or column.distinct >= VARIED
    return column.holds is Holds.TEXT and varied and strength(column.key, "remark") >= Strength.HEAD


def _names_two(key: str) -> bool:
    """Whether a key asks for one of two by their numbers, and for the right one: ``correctLabelW0orW1``."""
    return _EITHER.search(key) is not None and has_word(key, ("correct", "right", "gold"))


def _names_both(key: str, one: str, other: str) -> bool:
    """Whether a key asks for one of two by the numbers of these."""
    found = _EITHER.search(key) if _names_two(key) else None
    return found is not None and one.endswith(found[1]) and other.endswith(found[2])


def _are_numbers_of_two(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all values are the numbers of two alternatives."""
    values = {str(row.get(key)).strip().removesuffix(".0") for row in rows[:_ROWS]}
    return values in ({"0", "1"}, {"1", "2"})


def _is_copy(key: str, other: str) -> bool:
    """Whether a key is another one with a word after it, such as that of its translation."""
    return key.startswith(other) and key[len(other) :][:1] in ("_", "-", ".", " ")
