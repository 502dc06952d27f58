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

Rows with several examples in two lists (`Instructions`, `Golden_Answers`) are not read as one. Lists of questions and of
answers that are texts are read as a conversation. Of rows with several questions and answers (`question_1`, `answer_1`, or `Term`, `Term-Answer`), an option reads one pair.
The suggested mapping is a guess that is based on the names of the keys and the values of the first rows. Keys that
differ only in a number (`answer_1`, `answer_2`) are not suggested. Neither are those of a file with one object of single
words or with a short description, such as the settings of a program, and those of a file whose rows all have four facts or more in a few words or
numbers, such as a table of addresses or a log, none of which is asked, written or a label by its name. Nothing is
suggested either where the columns say that it is likely wrong: one side of a table that has two, a few remarks as
prompts, translations by a program (`text_ko2en`), one of many similar numbers, and answers of a model without prompts.
Rows that judge a document by its id (`query`, `doc_id`, `relevance`) are said to lack its text, and so are labels alone,
answer keys without questions, answers of a model without prompts, lists of identifiers, and identifiers that a
spreadsheet shortened (`1.32567E+18`). Of a text whose label is empty in all rows, that is said. Texts in objects can be mapped
(`response=answer.text`). Texts in lists of objects (`qas[0].answer`) can't be mapped one by one: the finding names the
list, and you flatten it first. As a prompt or response, such a list is read as JSON. The lists of one object that hold rows of different layouts are named, to be written to a file each. A row with nothing but the
canary of a benchmark is a note. A row that only lacks the key that the others are read by is reported with that key. The rule has no
confidence, because it is a fact that datalint has no shape for a row; only the suggestion is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from datalint.api import Hit, Options, Record, Severity, excerpt, listed, rule
from datalint.rules.common.keys.answer_pairs import answer_pairs
from datalint.rules.common.keys.answer_siblings import answer_siblings
from datalint.rules.common.keys.exports import said_of_export
from datalint.rules.common.keys.halves import missing_half
from datalint.rules.common.keys.key_list import key_list
from datalint.rules.common.keys.listed_examples import listed_examples
from datalint.rules.common.keys.remarks import is_canary, is_remark
from datalint.rules.common.keys.single_tokens import single_token
from datalint.rules.common.keys.slips import only_misspelled, slip
from datalint.rules.common.keys.speakers import conversation_key, script_keys, turn_keys

#: Roles of a message whose text is under ``text``, and most keys of one.
_SPEAKERS: Final = ("user", "assistant", "human", "ai", "bot", "gpt", "chatbot")
_MOST_KEYS: Final = 8


@rule(
    "FMT101",
    "unknown-shape",
    severity=Severity.ERROR,
    since="0.1",
    tags={"proposes-option"},
    requires={"unknown"},
)
def unknown_shape(record: Record, options: Options) -> Iterator[Hit]:
    """Yield one hit with the keys and the likeliest remedy."""
    if not record.value:
        yield Hit("the row is an empty object")
        return
    if missing_half(record) is not None or only_misspelled(record):
        return
    keys = tuple(record.value)
    if is_canary(keys):
        yield Hit("the row marks a benchmark (canary) and is no example: loaders must skip it", severity=Severity.INFO)
        return
    if is_remark(keys):
        named = f"the key {key_list(keys)}" if len(keys) == 1 else f"the keys {key_list(keys)}"
        yield Hit(f"a row with {named} looks like a comment; delete it", severity=Severity.WARNING)
        return
    if (said := said_of_export(keys)) is not None:
        yield Hit(said)
        return
    if "$schema" in keys:
        yield Hit("the row is a JSON Schema, which describes rows; leave this file out")
        return
    if len(keys) <= _FEW and any(len(key) > _LONGEST and len(key.split()) > _WORDS for key in keys):
        # The keys of each row are its own, and one message is one finding for all of them.
        said = "make it the value of a key, such as prompt (--no-header reads the first line of a table as a row)"
        yield Hit(f"a key is a text, not a name; {said}")
        return
    if record.varied:
        yield Hit(_VARIED)
        return
    if (said := _unlike_others(record)) is not None:
        yield Hit(said)
        return
    # What is said of one layout is decided by its typical values, so that all rows have one message.
    misspelling = slip(record)
    record = replace(record, value=dict(record.typical), _looks={}) if record.typical else record
    if (said := _of_messages(record)) is not None:
        yield Hit(said)
        return
    if (said := single_token(record.value) or listed_examples(record.value)) is not None:
        yield Hit(said)
        return
    if misspelling is None and (said := _of_pairs(record) or _of_siblings(record)) is not None:
        yield Hit(said)
        return
    # Rows that differ in a key that only some have are one finding.
    named = f"{'keys' if len(keys) > 1 else 'key'} {key_list(record.common or keys, record.others)}"
    # Capitals ("Question") may be meant, and mapping all columns does more than renaming one.
    if record.proposal is None and misspelling is not None:
        said = f'rename "{excerpt(misspelling[0], 40)}" to "{misspelling[1]}"'
    else:
        # Read only by rows of no known shape: what all remedies need is more than most rules are.
        from datalint.rules.common.keys.remedies import remedy

        said = remedy(record)
    yield Hit(f"no known shape for {named}; {said}")


#: Keys of a row that may be texts, and characters and words from which on a key is one.
_FEW: Final = 2
_LONGEST: Final = 30
_WORDS: Final = 4
#: What is said of rows of many sets of keys.
_VARIED: Final = (
    "rows have many different sets of keys, which fit no known shape; write each example under the same keys, such as "
    "prompt and completion, or leave the file out if it is not training data"
)
#: Answers of which one is learned that are shown.
_SHOWN: Final = 3


def _unlike_others(record: Record) -> str | None:
    """Return what a row lacks that the other rows have; None for a row of another layout."""
    if record.lacking:
        return f"no {excerpt(record.lacking, 40)!r}, which other rows have; add it, or remove the row"
    return None


def _of_messages(record: Record) -> str | None:
    """Return what to do with rows that are single messages, the same for all of them; None for other rows."""
    keys = record.value.keys()
    if {"role", "text", "parent_id"} <= keys:
        return 'each row is a message of a tree; put those from a root to an answer in one list under "messages"'
    grouped = conversation_key(keys)
    if (
        grouped is None
        and "response=" not in (record.proposal or "")
        and (perhaps := turn_keys(record.value)) is not None
    ):
        grouped = perhaps.conversation
    if grouped is not None:
        same = f'with the same "{excerpt(grouped, 40)}"'
        return f'each row is a message of a conversation; put those {same} in one list under "messages"'
    if record.proposal is None and (script := script_keys(keys)) is not None:
        same = " and ".join(f'"{excerpt(key, 40)}"' for key in script.parts)
        return f'each row is a line of a script; put those with the same {same} in one list under "messages"'
    is_text = "text" in keys and str(record.value.get("role")).strip().lower() in _SPEAKERS
    if ({"role", "content"} <= keys or is_text) and len(keys) <= _MOST_KEYS:
        return 'each row is a message; put those of a conversation in one list under "messages"'
    return None


def _of_pairs(record: Record) -> str | None:
    """Return what to do with rows of several questions and answers; None for others, or if something else is likelier.

    The option that is proposed reads one of the pairs, or else none is.
    """
    from datalint.rules.common.keys.remedies import IN_OPTION

    pairs = answer_pairs(tuple(record.value))
    plain = [pair for pair in pairs if all(map(IN_OPTION.fullmatch, pair))]
    options = [f"--columns prompt={asked},response={answer}" for asked, answer in plain]
    proposal = record.proposal
    if not pairs or (proposal is not None and not any(_reads(proposal, *pair) for pair in pairs)):
        return None
    one = proposal or next(iter(options), None)
    shown = " and ".join(excerpt(key, 30) for key in (plain or pairs)[0])
    rest = "" if one is None else f"; for one pair alone, try {one}"
    return f"{len(pairs)} pairs of a question and its answer, such as {shown}: write each pair as a row{rest}"


def _of_siblings(record: Record) -> str | None:
    """Return what to do with rows of several answers, of which the option that is proposed names one; None for one."""
    several = answer_siblings(tuple(record.value), record.proposal or "")
    if not several:
        return None
    from datalint.rules.common.keys.remedies import said_of_picked

    if (said := said_of_picked(record)) is not None:
        return said
    shown = listed((excerpt(key, 30) for key in several), len(several), _SHOWN)
    return f"each of {shown} may be the answer; say which one is learned: {record.proposal}"


def _reads(option: str, asked: str, answer: str) -> bool:
    return f"prompt={asked}," in option and re.search(rf"response={re.escape(answer)}(?:,|\"|$)", option) is not None
