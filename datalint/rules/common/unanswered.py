"""Rows that are marked as unanswerable, in which an empty response is intended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.names.translated_names import pieces_of

#: Keys, as one word without ``is``, that say with a yes or a no whether there is an answer: SQuAD 2.0 has
#: ``is_impossible``, others ``answerable`` or ``valid``.
_YES: Final = frozenset(
    ("valid", "validinput", "answerable", "hasanswer", "solvable", "executable", "feasible", "parsable", "inscope")
)
_NO: Final = frozenset(
    ("invalid", "impossible", "unanswerable", "noanswer", "notanswerable", "infeasible", "outofscope", "oos")
)
#: Values that say so under any key, such as the name of a part of an evaluation set.
_SURE: Final = frozenset(("unanswerable", "noanswer", "notanswerable", "outofscope"))
#: Keys of the reason why there is none, and of the error that is right in its place.
_REASONS: Final = frozenset(
    ("expectederror", "expectedreason", "expectedexception", "refusalreason", "unanswerablereason", "invalidreason")
)
#: Keys that say what sort of row it is, whose value may be one of ``_NO``.
_SORTS: Final = frozenset(("category", "type", "status", "label", "answertype", "questiontype", "kind", "bucket"))
#: The key of what a model should do instead, in evaluation sets of retrieval, and the first letters of such values.
_BEHAVIOUR: Final = frozenset(("expectedbehavior", "expectedbehaviour"))
_NAMES: Final = _YES | _NO | _REASONS | _SORTS | _BEHAVIOUR
_INSTEAD: Final = ("refus", "abstain", "clarif", "reject", "declin", "askfor", "noanswer", "shouldrefuse")
#: The key of the places of answers in a text.
_PLACES: Final = "answer_start"
_FALSE: Final = frozenset(("false", "no", "0", "n"))
_TRUE: Final = frozenset(("true", "yes", "1", "y"))
_NOTHING: Final = frozenset(("", "none", "null", "n/a", "nan"))


def is_unanswered(record: Mapping[str, Any]) -> bool:
    """Return whether a key of a row says that its prompt has no answer."""
    return any(_says_so(key, value) for key, value in record.items())


def lacks_places(record: Mapping[str, Any]) -> bool:
    """Return whether a row has no answer and no place of one, as SQuAD 2.0 writes it.

    That is ``{"text": [], "answer_start": []}``, in a question without an answer, and where answers are held back.
    """
    return any(
        isinstance(value, Mapping) and value.get("text") == [] == value.get(_PLACES) for value in record.values()
    )


def _says_so(key: str, value: Any) -> bool:
    if not isinstance(value, str | bool | int | float):
        return False
    name = key if key in _NAMES else _folded(key, is_text=isinstance(value, str))
    said = str(value).strip().casefold().removesuffix(".0")
    joined = said.replace("_", "").replace("-", "").replace(" ", "")
    if joined in _SURE:
        return True
    if name in _SORTS or name in _BEHAVIOUR:
        return joined in _NO or (name in _BEHAVIOUR and joined.startswith(_INSTEAD))
    if name in _REASONS:
        return isinstance(value, str) and said not in _NOTHING
    return (name in _YES and said in _FALSE) or (name in _NO and said in _TRUE)


def _folded(key: str, *, is_text: bool) -> str:
    """Return a key as one word of English, without ``is``."""
    words = _in_english(key) if is_text else pieces_of(key)
    return "".join(words[1:] if words[:1] == ("is",) else words)


def _in_english(key: str) -> tuple[str, ...]:
    # Few rows are asked, and a yes or a no is under one of the names as it is, so that those of other languages are
    # loaded for texts alone.
    from datalint.support.names.column_names import fold_name

    return fold_name(key)
