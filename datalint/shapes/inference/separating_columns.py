"""Columns that belong to the prompt, since without them rows of a guess contradict each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.evidence.inputs import is_other_label, is_remark
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import EXPLAINS, OUTPUTS, REASONS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.shapes.key_paths import value_of
from datalint.support.names.column_names import fold_name

#: Least share of rows that contradict others, and largest share of distinct values in a column that separates them.
_CONFLICTING: Final = 0.05
_AGAIN: Final = 0.9
#: The same share of distinct values among rows that were picked for the prompts that they repeat, and how many of these
#: are looked at for what their columns hold.
_FEW: Final = 0.2
_LOOKED_AT: Final = 400
#: Share of the rows whose prompt has the phrase that they are about, mean characters of one, how many times as long the
#: prompt is, and the share of the rows up to which it is in the answer.
_NEARLY_ALL: Final = 0.95
_PHRASE: Final = 30
_LONGER: Final = 3
_SAID: Final = 0.2
#: Names of keys of the language of a row, and words of keys of the language of the response.
_LANGUAGES: Final = ("lang", "language", "locale")
_ENDS: Final = tuple((each,) for each in _LANGUAGES)
_WANTED: Final = frozenset("target tgt to output response answer reply requested desired wanted destination".split())


def with_separating_column(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess with one more context if many prompts have several answers, and this column separates them.

    The language that the response is to have is such a context, whatever prompts there are.

    A column that decides the answers by itself, as another form of them does, does not count, nor do two that would do.
    """
    return _separated(guess, columns, rows, _AGAIN)


def separated_later(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> Guess:
    """Return a guess as :func:`with_separating_column` does, by many more rows than it was made from.

    Repeats of a prompt may be far from each other, or rare among the first rows. A column of few values counts.
    """
    found = dict(guess.columns)
    if not guess.clear or not {"prompt", "response"} <= found.keys():
        return guess
    asked, answers = _asked(found, rows), _answers(found, rows)
    if _conflicting(asked, answers) < _CONFLICTING * len(rows):
        return guess
    counts = Counter(asked)
    repeats = [row for row, one in zip(rows, asked, strict=True) if counts[one] > 1]
    later = _separated(guess, columns_of(repeats[:_LOOKED_AT]), repeats, _FEW)
    return guess if later is None else guess._replace(columns=later.columns)


def _separated(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], most: float
) -> Guess | None:
    """Return a guess with the only context that separates conflicts, from columns with few distinct values."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() or len(rows) < LEAST_ROWS:
        return guess
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    if wanted := [each.key for each in columns if _is_wanted(each) and each.key not in taken]:
        return _with(guess, wanted[0])
    asked, answers = _asked(found, rows), _answers(found, rows)
    if _conflicting(asked, answers) < _CONFLICTING * len(rows):
        return guess
    free = [each for each in columns if each.key not in taken and each.holds in READABLE]
    free = [each for each in free if not is_about(each) or fold_name(each.key)[-1:] in _ENDS]
    if found.get("category") == found["response"]:
        # Another label, or a remark, is no part of what is labelled.
        free = [each for each in free if not (is_remark(each) or is_other_label(each))]
    telling = [each.key for each in free if not each.sparse and each.distinct <= most and JOIN not in each.key]
    telling = [key for key in telling if _tells_apart(key, asked, answers, rows)]
    telling = telling or [each.key for each in free if _is_asked_about(each, guess, asked, answers, rows)]
    if not telling and (text := _left_out(free, found, asked, answers, rows)) is not None:
        # A text that stands before the prompt is continued or asked about; any other one may be a remark.
        place = [each.key for each in columns].index
        first = all(place(text) < place(key) for key in taken if any(each.key == key for each in columns))
        return _with(guess, text)._replace(clear=guess.clear and first)
    return _with(guess, telling[0]) if len(telling) == 1 else guess


def _left_out(
    free: Sequence[SampledColumn],
    found: Mapping[str, str],
    asked: Sequence[str],
    answers: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
) -> str | None:
    """Return the only text that is left over if nearly all prompts have several labels without it; None for others.

    Labels that contradict each other in nearly all rows are none of what was read alone.
    """
    if found.get("category") != found["response"] or _conflicting(asked, answers) < _NEARLY_ALL * len(rows):
        return None
    texts = [each for each in free if each.holds is Holds.TEXT and not (each.short or each.within or each.sparse)]
    if len(texts) != 1 or texts[0].distinct < VARIED or has_word(texts[0].key, (*REASONS, *EXPLAINS, *OUTPUTS)):
        return None
    values = [as_text(row.get(texts[0].key)) for row in rows]
    whole = [f"{one}\0{value}" for one, value in zip(asked, values, strict=True)]
    return None if JOIN in texts[0].key or _conflicting(whole, answers) else texts[0].key


def _with(guess: Guess, key: str) -> Guess:
    """Return a guess with one more context."""
    found = dict(guess.columns)
    context = JOIN.join((*keys_of("context", found["context"]), key)) if "context" in found else key
    return Guess.of(found | {"context": context}, clear=guess.clear, basis=guess.basis)


def _is_wanted(column: SampledColumn) -> bool:
    """Whether a column of few values says which language the response is to have, such as ``target_lang``."""
    words = fold_name(column.key)
    named = len(words) > 1 and not _WANTED.isdisjoint(words) and not {*_LANGUAGES}.isdisjoint(words)
    return named and column.holds is Holds.LABEL and not column.sparse


def _tells_apart(key: str, asked: Sequence[str], answers: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bool:
    values = [as_text(row.get(key)) for row in rows]
    if _conflicting([f"{one}\0{value}" for one, value in zip(asked, values, strict=True)], answers):
        return False
    return bool(_conflicting(values, answers))


def _is_asked_about(
    column: SampledColumn, guess: Guess, asked: Sequence[str], answers: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether a column has the word or phrase of the prompt that its row is about, whatever it is named.

    It stands in the prompt, is no part of the answer, and another one is in nearly all rows with another answer.
    """
    if not column.short or column.sparse or column.length > _PHRASE or has_word(column.key, (*REASONS, *OUTPUTS)):
        return False
    prompts = [_values(row, keys_of("prompt", dict(guess.columns)["prompt"])).casefold() for row in rows]
    values = [as_text(row.get(column.key)).strip().casefold() for row in rows]
    stands = sum(len(one) > 1 and one in prompt for one, prompt in zip(values, prompts, strict=True))
    if stands < _NEARLY_ALL * len(rows) or sum(map(len, prompts)) < _LONGER * sum(map(len, values)):
        return False
    said = sum(one in answer.casefold() for one, answer in zip(values, answers, strict=True))
    if said > _SAID * len(rows):
        return False
    left = _conflicting([f"{one}\0{value}" for one, value in zip(asked, values, strict=True)], answers)
    return left <= (1 - _NEARLY_ALL) * _conflicting(asked, answers)


def _conflicting(asked: Sequence[str], answers: Sequence[str]) -> int:
    """Return how many rows have a prompt that others have with another answer."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, answer in zip(asked, answers, strict=True):
        found[one].append(answer)
    return sum(len(each) for each in found.values() if len(set(each)) > 1)


def _asked(found: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the prompt and the context of each row as one text."""
    read = [key for meaning in ("prompt", "context") for key in keys_of(meaning, found.get(meaning, "")) if key]
    return [_values(row, read) for row in rows]


def _answers(found: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    learned = keys_of("response", found["response"])
    return [_values(row, learned) for row in rows]


def _values(row: Mapping[str, Any], keys: Sequence[str]) -> str:
    return "\0".join(as_text(value_of(row, key)) for key in keys)
