"""A value has the wrong JSON type.

## What it does

Compares each row with the JSON Schema of its shape, and reports values whose type is not that of the key: an object
instead of a text, `null` for a prompt, a string instead of a list of messages.

## Why it matters

If `output` is an object, LLaMA-Factory drops every row as an "invalid example" (#4249). Other trainers train on the
Python representation of the value (`{'answer': …}`).

## Bad

```jsonl
{"instruction": "Add 2 and 2.", "input": "", "output": {"answer": "4"}}
```

## Good

```jsonl
{"instruction": "Add 2 and 2.", "input": "", "output": "4"}
```

## What to do

Write what is null or remove the row, and convert other values in the program that writes the file. An object or list
that the model should answer with becomes JSON (`json.dumps`), and a list with one text that text. Lists of questions
and of their answers become a row for each pair.

## Known limits

Keys that are not part of the shape may contain any value. Separate rules check what is inside messages
(`null-content`, `bad-content-part`, `message-not-object`). In an evaluation set, an answer that is an object or a list
is a note, since a program may compare it as it is. An answer that is null is correct if a key of the row says
that there is none (`answerable`, `is_impossible`, or `unanswerable` as a value). Nulls under a key that no trainer reads (`answer`, `summary`), in up
to 1 % of at least 100 rows, are warnings, as empty cells of a table are. The fix removes rows whose answer is null, and
no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from datalint.api import Fix, Hit, Options, Policy, Record, Severity, excerpt, rule
from datalint.rules.common.text_lists import are_texts
from datalint.rules.common.unanswered import is_unanswered

#: What a message says of the only text of a list, and of a list of labels, of which other rows have several.
_ALONE: Final = "; write its only text without the list"
_AS_JSON: Final = "; write it as a text, such as JSON"
#: Texts of an object from which on each is a row.
_TEXTS: Final = 20
#: The key of hits about an answer that is an object or a list, and the places of answers.
_WRITTEN_OUT: Final = "answer as an object"
#: The key of hits about a null in a cell of a table, and the keys of formats of trainers, which stop at one.
_CELL: Final = "null in a cell"
_TRAINED: Final = frozenset(
    """prompt completion instruction input output response text messages conversations chosen rejected system history
    tools""".split()
)
_ANSWERS: Final = frozenset(("$.output", "$.answer", "$.response", "$.completion"))
#: The same, with those that are never compared.
_LEARNED: Final = frozenset((*_ANSWERS, "$.summary"))


@rule(
    "FMT105",
    "wrong-type",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    fix=Fix.removal(),
    # Programs that evaluate compare such answers as they are.
    policy=Policy(words="", placed=True, key=(_WRITTEN_OUT,), learned=(_WRITTEN_OUT,), rare=(_CELL,)),
)
def wrong_type(record: Record, options: Options) -> Iterator[Hit]:
    """Yield the schema's violations, but no null in the place of an answer that there is none of, and no NaN."""
    paired: list[str] = []
    found = [hit for hit in record.seen("wrong-type") if not _is_meant(record, hit.path)]
    if len(found) > 1 and isinstance(record.value, dict):
        paired = _paired(record.value, [hit.path for hit in found])
    if paired:
        first, second = (excerpt(key, 40) for key in paired)
        words = f"'{first}' and '{second}' are lists of the same length; write a row for each pair"
        yield Hit(words, f"$.{paired[0]}", fixable=False)
    for hit in found:
        if hit.path not in [f"$.{key}" for key in paired]:
            offered = hit.message.endswith(_ALONE) and _is_offered(record, hit.path)
            said = Hit(f"{hit.message.removesuffix(_ALONE)}{_AS_JSON}", hit.path) if offered else hit
            if count := _texts_by_name(record, said):
                rows = f"; write each of its {count:,} texts as a row of its own"
                said = replace(said, message=f"{said.message.removesuffix(_AS_JSON)}{rows}")
            key = _WRITTEN_OUT if _is_written_out(record, hit.path) else _CELL if _is_cell(record, hit.path) else None
            # Only a row without an answer is removed: what other rows say is in them, in another form.
            removed = hit.path in _LEARNED and _lacks_answer(record, hit.path)
            yield replace(said, key=key or said.key, fixable=removed)


def _is_cell(record: Record, path: str | None) -> bool:
    """Return whether a value is null under a key of the row that only tables have, no format of a trainer."""
    place = record.place(path)
    return place is not None and place[1] is None and len(place[0]) == 1 and place[0][0] not in _TRAINED


def _texts_by_name(record: Record, hit: Hit) -> int:
    """Return how many texts a row has by their names in the place of one text; 0 for other values."""
    place = record.place(hit.path) if hit.message.endswith(_AS_JSON) else None
    texts = place[1] if place is not None and len(place[0]) == 1 else None
    named = isinstance(texts, dict) and all(isinstance(each, str) for each in texts.values())
    return len(texts) if isinstance(texts, dict) and named and len(texts) >= _TEXTS else 0


def _is_written_out(record: Record, path: str | None) -> bool:
    """Return whether the value at a place is an answer, and an object or a list with something in it."""
    place = record.place(path) if path in _ANSWERS else None
    return place is not None and isinstance(place[1], dict | list) and bool(place[1])


def _is_offered(record: Record, path: str | None) -> bool:
    """Return whether the only text of a list is a label that another text of the row offers, next to others."""
    place = record.place(path)
    labels = place[1] if place is not None else None
    if not isinstance(labels, list) or not isinstance(record.value, dict):
        return False
    others = [each for each in record.value.values() if isinstance(each, str)]
    return all(isinstance(each, str) and each.strip() and any(each in other for other in others) for each in labels)


def _paired(row: dict[str, Any], paths: Sequence[str | None]) -> list[str]:
    """Return the keys of the two places of a row that are lists of equally many texts, if there are two."""
    keys = [key for key in row if f"$.{key}" in paths and are_texts(row[key], 2)]
    return keys if len(keys) == 2 and len(row[keys[0]]) == len(row[keys[1]]) else []


def _is_meant(record: Record, path: str | None) -> bool:
    """Return whether a value is a literal NaN, which nan-literal reports, or null because there is no answer."""
    if any(hit.path == path for hit in record.seen("nan-literal")):
        return True
    return _lacks_answer(record, path) and is_unanswered(record.value)


def _lacks_answer(record: Record, path: str | None) -> bool:
    """Return whether a value is null in the place of the answer to a prompt."""
    place, roles = record.place(path), [role for role, *_ in record.turns]
    is_null = place is not None and place[1] is None and len(place[0]) == 1
    return is_null and "user" in roles and "assistant" not in roles
