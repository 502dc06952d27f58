"""Notes about responses that true or false says are wrong: they are learned like the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, letters_of, of_rows
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of

#: Keys that say with true or false whether a response is right, without separators.
_KEYS: Final = frozenset(
    """label correct iscorrect correctness factuality isfactual isaccurate isright iscorrectanswer iscorrectresponse
    answercorrect answeriscorrect responsecorrect responseiscorrect isanswercorrect isresponsecorrect correctnessflag
    correctflag iscorrectflag validity isvalid isvalidanswer answervalidity answerisvalid""".split()
)
#: Values of such keys, and of all but the label of KTO, which may be a class.
_BOOLEANS: Final = frozenset(("true", "false"))
_NUMBERS: Final = frozenset(("0", "1", "0.0", "1.0"))
_FALSE: Final = frozenset(("false", "0", "0.0"))
#: Keys that name no class: all of the first rows may have one value, since rows may be sorted by them.
_ACCEPTED: Final = frozenset(("acceptable", "isacceptable", "responseacceptable", "isacceptableresponse"))
#: The key of the label of KTO, and that of a response next to which trainers do not look for it.
_KTO: Final = "label"
_RESPONSE: Final = "response"
#: Characters of a key.
LONGEST: Final = 40
#: Characters from which on a text next to the response may be another response.
_TEXT: Final = 2


def wrong_responses(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a key with true and false that may say which responses are wrong; empty for none."""
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    keys = [key for key in first if len(key) <= LONGEST and letters_of(key) in _KEYS | _ACCEPTED]
    if len(keys) != 1:
        return ""
    fields = fields_of(shape, first)
    parts = [part for _, part in fields]
    read = {key for key, _ in fields}
    if keys[0] in read or parts.count("response") != 1 or "prompt" not in parts:
        return ""
    found = [str(row.get(keys[0])).strip().lower() for row in islice(rows, ROWS)]
    wrong = sum(value in _FALSE for value in found)
    name = letters_of(keys[0])
    known = _BOOLEANS if name == _KTO else _BOOLEANS | _NUMBERS
    if len(found) < LEAST or not 0 < wrong < len(found) + (name in _ACCEPTED) or not known.issuperset(found):
        return ""
    from datalint.shapes.evidence.named_languages import are_translations

    given = next((key for key, part in fields if part == "response"), "")
    others = [key for key in first if key not in read and not are_translations(key, given)]
    if any(may_respond(key, first[key]) for key in others):
        return ""  # it may be the other response that is judged
    where = f"{wrong} {of_rows(len(found))}, whose responses are learned like the others"
    value = "0" if _NUMBERS.issuperset(found) else "false"
    said = f'"{keys[0]}" is {value} in {where}: delete these rows if it says that they are wrong'
    if keys[0] != _KTO or given != _RESPONSE or "prompt" not in read:
        return said
    return f'{said}, or, to train with KTO, rename "{given}" to "completion"'


def may_respond(key: str, value: object) -> bool:
    """Return whether a key has a text and is named as a response, such as that of a model under test."""
    if not isinstance(value, str) or len(value) < _TEXT or value.strip().lower() in _BOOLEANS:
        return False
    from datalint.support.names.column_names import Strength, strength

    return any(strength(key, meaning) >= Strength.HEAD for meaning in ("response", "written")) or "predict" in key
