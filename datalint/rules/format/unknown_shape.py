"""A row's keys fit no known shape.

## What it does

Reports a row whose keys fit none of the [known shapes](../shapes.md), and that no `--columns` mapping covers. The
message names the row's keys, and the most likely remedy: a mapping or a missing key. If nearly all
other rows have one shape, it says what the row has or lacks instead. All rows of one unknown layout have one message,
which typical values of the first rows decide, so that they are one finding. If half of an
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

Name the keys with `--columns`, rename them, or add what the finding says is missing. Or write the texts under keys of a
known shape. See the values of keys: `datalint init DATA --print`

Leave out a file that is no training data, such as the log of an evaluation (lm-evaluation-harness, promptfoo, Inspect,
OpenAI Evals), with `exclude` in `datalint.toml`.

## Known limits

Rows with several examples in two lists (`Instructions`, `Golden_Answers`) are not read as one. Lists of questions and of
answers that are texts are read as a conversation. Of rows with several questions and answers (`question_1`, `answer_1`, or `Term`, `Term-Answer`), an option reads one pair.
The suggested mapping is a guess that is based on the names of the keys and the values of the first rows. Keys that
differ only in a number (`answer_1`, `answer_2`) are not suggested. Neither are those of a file with one object of single
words, such as the settings of a program, and those of a file whose rows all have four facts or more in a few words or
numbers, such as a table of addresses or a log, none of which is asked, written or a label by its name. Nothing is
suggested either where the columns say that it is likely wrong: one side of a table that has two, a few remarks as
prompts, translations by a program (`text_ko2en`), one of many similar numbers, and answers of a model without prompts.
Rows that judge a document by its id (`query`, `doc_id`, `relevance`) are said to lack its text, and so are labels alone,
answer keys without questions, answers of a model without prompts, lists of identifiers, and identifiers that a
spreadsheet shortened (`1.32567E+18`). Of a text whose label is empty in all rows, that is said. Texts in objects can be mapped
(`response=answer.text`). Texts in lists of objects (`qas[0].answer`) can't be mapped one by one: the finding names the
list, and you flatten it first. As a prompt or response, such a list is read as JSON. The lists of one object that hold rows of different layouts are named, to be written to a file each. A row that
only lacks the key that the others are read by is reported with that key. The rule has no
confidence, because it is a fact that datalint has no shape for a row; only the suggestion is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from datalint.api import Hit, Options, Record, Severity, excerpt, listed, rule
from datalint.rules.common.keys.answer_pairs import answer_pairs
from datalint.rules.common.keys.answer_siblings import answer_siblings
from datalint.rules.common.keys.exports import said_of_export
from datalint.rules.common.keys.halves import counterpart, missing_half
from datalint.rules.common.keys.images_alone import image_alone
from datalint.rules.common.keys.judgments import judged_document
from datalint.rules.common.keys.key_list import key_list
from datalint.rules.common.keys.keyed_answers import said_of_keyed_answers
from datalint.rules.common.keys.keyed_lists import said_of_keyed_lists
from datalint.rules.common.keys.listed_examples import listed_examples
from datalint.rules.common.keys.nested_texts import inner_texts, list_of_texts, said_of_places
from datalint.rules.common.keys.picked_keys import picked_text
from datalint.rules.common.keys.remarks import is_remark
from datalint.rules.common.keys.single_tokens import single_token
from datalint.rules.common.keys.slips import only_misspelled, slip
from datalint.rules.common.keys.speakers import conversation_key, script_keys, turn_keys
from datalint.rules.common.keys.text_sets import said_of_set
from datalint.rules.common.keys.texts_elsewhere import is_label, listed_ids, question_elsewhere, text_elsewhere
from datalint.rules.common.keys.useless_values import empty_label, shortened_id
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Roles of a message whose text is under ``text``, and most keys of one.
_SPEAKERS = ("user", "assistant", "human", "ai", "bot", "gpt", "chatbot")
_MOST_KEYS = 8


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
    yield Hit(f"no known shape for {named}; {_remedy(record, misspelling)}")


#: Keys of a row that may be texts, and characters and words from which on a key is one.
_FEW = 2
_LONGEST = 30
_WORDS = 4
#: Texts that the option needs.
_SIDES = 2
#: Characters up to which a value is no answer, such as an identifier.
_SHORT = 40
#: Keys of prompts, which may be all there is to read.
_QUESTIONS = ("query", "question", "prompt")
#: Answers of which one is learned that are shown.
_SHOWN = 3
#: A key that the option takes without quotes.
_PLAIN = lazy_pattern(r"\w{1,40}")
_IN_OPTION = lazy_pattern(r"[\w.-]{1,40}")
_NUMBER = lazy_pattern(r"\s*[+-]?[0-9][0-9.,]{0,30}(?:[eE][+-]?[0-9]{1,3})?\s*")
#: Parts of keys that say which of two is better.
_COMPARED = (("good", "bad"), ("better", "worse"), ("best", "worst"), ("hq", "lq"))


def _unlike_others(record: Record) -> str | None:
    """Return what a row lacks that the other rows have; None for a row of another layout."""
    if record.lacking:
        return f"no {excerpt(record.lacking, 40)!r}, which other rows have; add it, or remove the row"
    return None


def _is_alone(record: Record) -> bool:
    """Return whether no value but the prompt is long enough to be a response."""
    others = [item for key, item in record.value.items() if key != "prompt"]
    return all(not isinstance(item, list | dict) and len(str(item)) <= _SHORT for item in others)


def _are_compared(record: Record) -> bool:
    """Return whether two keys say that what they hold is better and worse, such as ``good`` and ``bad``."""
    keys = [key.lower() for key in record.value]
    return any(any(good in key for key in keys) and any(bad in key for key in keys) for good, bad in _COMPARED)


def _of_messages(record: Record) -> str | None:
    """Return what to do with rows that are single messages, the same for all of them; None for other rows."""
    keys = record.value.keys()
    if {"role", "text", "parent_id"} <= keys:
        return 'each row is a message of a tree; put those from a root to an answer in one list under "messages"'
    grouped = conversation_key(keys)
    if grouped is None and "response=" not in (record.proposal or "") and (perhaps := turn_keys(keys)) is not None:
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


def _lacking(row: Mapping[str, Any]) -> str | None:
    """Return what to add to a row without what is asked or labelled; None for one that may have it."""
    if (image := image_alone(row)) is not None:
        named = f'"{excerpt(image, 40)}"'
        return f"what is asked may be an image or a recording under {named}, which is not read: add its text"
    if (numbered := question_elsewhere(row)) is not None:
        number, answer = (f'"{excerpt(key, 40)}"' for key in numbered)
        return f"no key contains what {answer} answers: add the prompts, which another file has under {number}"
    if len(row) == 1 and is_label(*next(iter(row.items()))):
        return f'each row has only "{excerpt(next(iter(row)), 40)}": write it next to its text, which another file has'
    return None


def _remedy(record: Record, misspelling: tuple[str, str] | None) -> str:
    # Capitals ("Question") may be meant, and mapping all columns does more than renaming one.
    if record.proposal is None and misspelling is not None:
        return f'rename "{excerpt(misspelling[0], 40)}" to "{misspelling[1]}"'
    # Short values next to these are proposed as prompts, or a label as a text.
    if (lacking := _lacking(record.value)) is not None:
        return lacking
    if (shortened := shortened_id(record.value)) is not None:
        return (
            f'no key contains text, and a spreadsheet cut the last digits of "{excerpt(shortened, 40)}", so that what the '
            "numbers refer to cannot be found: export them again as text"
        )
    if record.facts and (elsewhere := text_elsewhere(record.value)) is not None:
        return _add_text(elsewhere)
    if record.facts:
        return (
            "each row has only short values, as a table or a log does: leave the file out if it is not training data, or "
            "say what the keys mean with --columns prompt=KEY,response=KEY"
        )
    if (document := judged_document(record.value)) is not None:
        named = f'"{excerpt(document, 40)}"'
        return (
            f"each row judges a document that is not in this file: add its text, which another file has under {named}"
        )
    if record.proposal is not None and record.versions:
        several = f"{record.versions} of these are versions of one text, and the model learns one from another"
        return f"{several}: try {record.proposal}"
    if record.proposal is not None:
        return f"try {record.proposal}"
    if (said := _of_picked(record)) is not None:
        return said
    if (said := said_of_places(record.value)) is not None:
        return said
    if (elsewhere := text_elsewhere(record.value)) is not None:
        return _add_text(elsewhere)
    if (listing := listed_ids(record.value)) is not None:
        return (
            f'no key contains text: add the texts whose identifiers are in "{excerpt(listing, 40)}", from another file'
        )
    if (said := said_of_keyed_answers(record.value)) is not None:
        return said
    halves = counterpart(record.value.keys())
    nested = list_of_texts(record.value)
    if nested is not None and (halves is None or halves[0] != nested):
        each = f'write each item of "{excerpt(nested, 40)}" as a row'
        return f'{each}, or all as "messages" (no option reads its texts one by one)'
    if halves is not None:
        key, other = halves
        if _are_compared(record):
            return f"say which answer is the better one with --columns prompt={key},chosen=KEY,rejected=KEY"
        prompts = key == "prompt" and _is_alone(record)
        remedy = (
            "for prompts alone, try --columns prompt=prompt"
            if prompts
            else f"or try --columns prompt={key},response=KEY"
        )
        remedy += f", or prompt={key} for prompts alone" if key in _QUESTIONS and not prompts else ""
        return f'"{key}" needs "{other}" next to it; {remedy}'
    if paths := inner_texts(record.value):
        named = ", ".join(excerpt(path, 60) for path in paths[:3])
        return f"texts are in {named}{', …' if len(paths) > 3 else ''}: --columns prompt=KEY,response=KEY"
    values = [item for item in record.value.values() if item]
    if not any(isinstance(item, str) for item in values) and sum(isinstance(item, dict) for item in values) > 1:
        return "write each object as a text, or say what they mean with --columns prompt=KEY,response=KEY"
    if not any(isinstance(item, str | list) and not _is_number(item) for item in values):
        return "no key contains text; write each example as a row of its own with keys such as prompt and completion"
    if (said := said_of_set(record.value) or said_of_keyed_lists(record.value)) is not None:
        return said
    if record.typical and (unlabelled := empty_label(record.value)) is not None:
        label, text = (excerpt(each, 40) for each in unlabelled)
        option = f"; for the texts alone, try --columns text={text}" if _IN_OPTION.fullmatch(text) else ""
        return f'"{label}" is empty: fill it in to learn it{option}'
    if len(record.value) == 1:
        (key, value), *_ = record.value.items()
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return f'write each text of "{excerpt(key, 40)}" as a row'
        return f"say what it means with --columns text={_typed(record)} or --columns prompt={_typed(record)}"
    if (parts := _only_parts(record)) is not None:
        named = f'"{excerpt(parts, 40)}"'
        return f"{named} is a list of texts: write each of them as a row, or all as one text under text"
    if (alone := _only_texts(record)) is not None:
        return f"for the texts alone, try --columns text={alone}; to learn them as answers, add their prompts"
    texts = [key for key, item in record.value.items() if isinstance(item, str)]
    if any("," in key for key in texts) and sum("," not in key for key in texts) < _SIDES:
        return "say what they mean under [columns] in datalint.toml: --columns takes no key with a comma"
    objects = [key for key, item in record.value.items() if isinstance(item, dict) and _has_text(item)]
    inner = f"{objects[0]}.KEY" if len(objects) == 1 and _PLAIN.fullmatch(objects[0]) else "KEY"
    return f"say what they mean with --columns prompt=KEY,response={inner}"


def _is_number(item: object) -> bool:
    """Return whether a value is a number, also one that is written as text, or a list of numbers."""
    if isinstance(item, list):
        return all(map(_is_number, item))
    return isinstance(item, int | float) or (isinstance(item, str) and _NUMBER.fullmatch(item) is not None)


def _of_picked(record: Record) -> str | None:
    """Return what to do with a row whose value under one key is the name of another; None for any other row."""
    picking = picked_text(record.value)
    if picking is None:
        return None
    named = f'"{excerpt(picking, 40)}" names the key of one of several texts'
    return f"{named}: write a better and a worse answer as chosen and rejected, and options next to the question"


def _add_text(key: str) -> str:
    return f'no key contains text: add the text that "{excerpt(key, 40)}" refers to, from another file or site'


def _only_parts(record: Record) -> str | None:
    """Return the key of the only list of texts of a row with nothing else but short values; None for any other row."""
    others = [(key, item) for key, item in record.value.items() if not isinstance(item, list)]
    lists = [(key, item) for key, item in record.value.items() if isinstance(item, list) and item]
    if len(lists) != 1 or any(isinstance(item, dict) or len(str(item)) > 2 * _SHORT for _, item in others):
        return None
    key, texts = lists[0]
    written = all(isinstance(each, str) for each in texts) and sum(map(len, texts)) > _SHORT * len(texts)
    return key if written else None


def _only_texts(record: Record) -> str | None:
    """Return the path of the first text of a row that has texts in one object alone; None for any other row."""
    values = record.value.values()
    objects = [(key, item) for key, item in record.value.items() if isinstance(item, dict)]
    if len(objects) != 1 or any(isinstance(item, list) or (isinstance(item, str) and " " in item) for item in values):
        return None
    key, inner = objects[0]
    texts = [name for name, item in inner.items() if isinstance(item, str)]
    path = f"{key}.{texts[0]}" if texts and any(" " in inner[name] for name in texts) else ""
    return path if _IN_OPTION.fullmatch(path) else None


def _of_pairs(record: Record) -> str | None:
    """Return what to do with rows of several questions and answers; None for others, or if something else is likelier.

    The option that is proposed reads one of the pairs, or else none is.
    """
    pairs = answer_pairs(tuple(record.value))
    plain = [pair for pair in pairs if all(map(_IN_OPTION.fullmatch, pair))]
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
    if (said := _of_picked(record)) is not None:
        return said
    shown = listed((excerpt(key, 30) for key in several), len(several), _SHOWN)
    return f"each of {shown} may be the answer; say which one is learned: {record.proposal}"


def _reads(option: str, asked: str, answer: str) -> bool:
    return f"prompt={asked}," in option and re.search(rf"response={re.escape(answer)}(?:,|\"|$)", option) is not None


def _has_text(item: dict[str, object]) -> bool:
    """Return whether an object has a sentence, or a list of sentences."""
    values = [each[0] if isinstance(each, list) and each else each for each in item.values()]
    return any(isinstance(each, str) and len(each) > _SHORT for each in values)


def _typed(record: Record) -> str:
    """Return the only key of a row as the option takes it; KEY for one that needs quotes."""
    (key,) = record.value
    return key if _PLAIN.fullmatch(key) else "KEY"
