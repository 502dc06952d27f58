"""Machine translations with an estimate of their quality or a list of their errors, which is learned instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_KEY: Final = "translation"
#: Last words of the names of keys with the quality of a translation, or of each word of it, and keys of a deviation.
_SAID: Final = frozenset("tags mean hter mqm da".split())
_DEVIATIONS: Final = frozenset("stdev stddev std sd standard_deviation std_score".split())
#: The keys of a table of errors in translations, as MQM has them. One translation is for several people to rate.
_ERRORS: Final = ("source", "target", "category", "severity", "rater")


def may_be_estimated(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a key of a row may contain the quality of its translation."""
    if known.name != _KEY:
        return False
    from datalint.support.names.column_names import fold_name

    said = any(_SAID & {*fold_name(key)[-1:], *fold_name(key)[:1]} for key in row) or not _DEVIATIONS.isdisjoint(row)
    return (said and (_KEY not in row or len(_sides(row)) == 2)) or _has_errors(row)


def estimates(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the quality or the errors of translations; None for other rows."""
    if rows and _has_errors(rows[0]):
        return _errors(known, rows)
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.labelled.quality_estimates import quality_estimates

    if rows and _KEY not in rows[0]:
        guess = quality_estimates(columns_of(rows), rows)
        return guess and guess.about(rows, known.name)
    # The first language is translated into the second one.
    names = dict(zip(("source", "mt"), _sides(rows[0]) if rows else (), strict=False))
    inner = [(row, row.get(_KEY)) for row in rows]
    flat = [
        {**{name: value.get(key) for name, key in names.items()}, **{key: row[key] for key in row if key != _KEY}}
        for row, value in inner
        if isinstance(value, dict)
    ]
    guess = quality_estimates(columns_of(flat), flat) if len(names) == 2 else None
    if guess is None or not guess.clear:
        return None
    found = {meaning: f"{_KEY}.{names[key]}" if key in names else key for meaning, key in guess.columns}
    return type(guess).of(found, clear=True, basis="names").about(rows, known.name)


def _has_errors(row: Mapping[str, Any]) -> bool:
    return all(isinstance(row.get(key), str) for key in _ERRORS)


def _errors(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess:
    """Return the guess about a row for each error that somebody found in a translation."""
    from datalint.shapes.guess import JOIN, Guess

    source, target, *errors, rater = _ERRORS
    found = {"prompt": source, "context": JOIN.join((target, rater)), "response": JOIN.join(errors)}
    return Guess.of(found, clear=True, basis="names").about(rows, known.name)


def _sides(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages of the texts under ``translation``."""
    value = row.get(_KEY)
    return tuple(value) if isinstance(value, dict) else ()
