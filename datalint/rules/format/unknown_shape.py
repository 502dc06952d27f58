"""A row's keys fit no known shape.

## What it does

Reports a row whose keys fit none of the [known shapes](../shapes.md), and that no `--columns` mapping covers. The
message names the row's keys, and the most likely remedy: a mapping or a missing key. If nearly all
other rows have one shape, it says what the row has or lacks instead. All rows of one unknown layout have one message,
which typical values of the first rows decide, so that they are one finding. So are the rows of a file whose first rows
have ten sets of keys or more that share none. If half of an
Alpaca or preference row is missing and the shape is unambiguous (`chosen` without `rejected`), the row is reported as
`missing-key` instead, and one whose key is only misspelled as `misspelled-key`.

## Why it matters

datalint checks only the texts that it can read, and a trainer learns only from the texts that it can read:
LLaMA-Factory and ms-swift drop rows that they can't map, sometimes the whole dataset (LLaMA-Factory#9600,
ms-swift#4026).

If the names and values of unknown keys are unambiguous, such as `Frage` and `Antwort`, datalint reads the rows anyway.
A note shows how it reads them, and the `--columns` option that sets this. This rule reports the other rows.

## Bad

```jsonl
{"stimulus": "Wie heißt die Hauptstadt von Norwegen?", "reaction": "Oslo.", "class": "geography"}
```

## Good

```jsonl
{"question": "Wie heißt die Hauptstadt von Norwegen?", "answer": "Oslo.", "category": "geography"}
```

## What to do

Do what the finding says, or write the rows in a known shape. To read them as they are, name their keys with
`--columns`. See the values of keys: `datalint init DATA --print`

Leave out a file that is no training data, such as a report, settings, the `dataset_info.json` of `datasets`, a
description in Croissant, or the log of an evaluation (lm-evaluation-harness, promptfoo, Inspect, OpenAI Evals), with
`exclude` in `datalint.toml`.

## Known limits

The suggested mapping is a guess from the names of the keys and the values of the first rows. Where no key is named
like an answer, the last text is taken for it, and of two answers to one text, the first one for the better. The
suggestion says so.

No mapping is suggested for:
- keys that differ only in a number (`answer_1`, `answer_2`)
- settings of a program, logs, and tables of short facts, such as addresses
- columns that are likely wrong, such as translations by a program (`text_ko2en`)
- rows that lack a text to learn, such as labels alone: the message says what is missing

Some rows must be changed first:
- several examples in two lists (`Instructions`, `Golden_Answers`): write a row for each
- texts in lists of objects (`qas[0].answer`): flatten the list; texts in objects (`answer.text`) can be mapped
- several questions and answers (`question_1`, `answer_1`): an option reads one pair
- lists of one object with rows of different layouts: write a file for each

A row that lacks only the key by which the others are read is a warning if these have one text or label there, as in a
table with an empty cell: only a share of such rows fails the gate. A row with nothing but the canary of a benchmark is
a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from datalint.api import Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.keys.exports import said_of_export
from datalint.rules.common.keys.halves import missing_half
from datalint.rules.common.keys.key_list import key_list
from datalint.rules.common.keys.remarks import is_canary, is_remark
from datalint.rules.common.keys.slips import only_misspelled, slip


@rule(
    "FMT101",
    "unknown-shape",
    severity=Severity.ERROR,
    since="0.1",
    tags={"proposes-option", "says-remedy"},
    requires={"unknown"},
)
def unknown_shape(record: Record, options: Options) -> Iterator[Hit]:
    """Yield one hit with the keys and the likeliest remedy."""
    if not record.value:
        yield Hit("the row is an empty object; delete it")
        return
    if record.once(missing_half) is not None or record.once(only_misspelled):
        return
    keys = tuple(record.value)
    if (by_keys := _said_of_keys(keys)) is not None:
        said, severity = by_keys
        yield Hit(said, severity=severity)
        return
    if record.varied:
        yield Hit(_VARIED)
        return
    if (lacked := _unlike_others(record)) is not None:
        # A cell that is empty in a few rows of a table stops no trainer; a conversation that is missing does.
        yield Hit(lacked, severity=Severity.WARNING if record.lacks_cell else None)
        return
    # Read only by rows of no known shape: what all remedies need is more than most rules are.
    from datalint.rules.common.keys.layouts import said_of_layout

    # What is said of one layout is decided by its typical values, so that all rows have one message.
    of_layout = said_of_layout(record, record.once(slip))
    if not of_layout.is_remedy:
        yield Hit(of_layout.text)
        return
    # Rows that differ in a key that only some have are one finding.
    named = f"{'keys' if len(keys) > 1 else 'key'} {key_list(record.common or keys, record.others)}"
    yield Hit(f"no known shape for {named}; {of_layout.text}")


#: The key of a template in the settings of a tokenizer.
_TEMPLATE: Final = "chat_template"
#: Keys of a row that may be texts, and characters and words from which on a key is one.
_FEW: Final = 2
_LONGEST: Final = 30
_WORDS: Final = 4
#: What is said of rows of many sets of keys.
_VARIED: Final = (
    "rows have many different sets of keys, which fit no known shape; write each example under the same keys, such as "
    "prompt and completion, or leave the file out if it is not training data"
)


@lru_cache(maxsize=64)
def _said_of_keys(keys: tuple[str, ...]) -> tuple[str, Severity | None] | None:
    """Return what the keys alone say of a row, and how severe that is; None if the values decide."""
    if is_canary(keys):
        return "the row marks a benchmark (canary) and is no example: loaders must skip it", Severity.INFO
    if is_remark(keys):
        named = f"the key {key_list(keys)}" if len(keys) == 1 else f"the keys {key_list(keys)}"
        return f"a row with {named} looks like a comment; delete it", Severity.WARNING
    if (said := said_of_export(keys)) is not None:
        return said, None
    if _TEMPLATE in keys:
        said = "the row has the chat template of a model, which is a setting of its tokenizer; leave this file out"
        return said, None
    if "$schema" in keys:
        return "the row is a JSON Schema, which describes rows; leave this file out", None
    if len(keys) <= _FEW and any(len(key) > _LONGEST and len(key.split()) > _WORDS for key in keys):
        # The keys of each row are its own, and one message is one finding for all of them.
        said = "make it the value of a key, such as prompt (--no-header reads the first line of a table as a row)"
        return f"a key is a text, not a name; {said}", None
    return None


def _unlike_others(record: Record) -> str | None:
    """Return what a row lacks that the other rows have; None for a row of another layout."""
    if record.instead:
        lacked = excerpt(record.lacking or "", 40)
        return f"no {lacked!r}, which other rows have: if {excerpt(record.instead, 40)!r} is the same, rename it"
    if record.lacking:
        return f"no {excerpt(record.lacking, 40)!r}, which other rows have; add it, or remove the row"
    return None
