r"""A response says nothing.

## What it does
Reports an assistant turn, output, completion or plain text that is empty, or only white space, invisible characters and
special tokens of chat templates (`<|endoftext|>`), or nothing but an empty `\boxed{}`; and a text that ends with the
marker of an answer (`### Response:`, `[/INST]`, or what nearly all texts of the data have), after which there is none.
A turn that calls a tool or contains media is not empty. An empty chosen or rejected answer is reported by
`empty-preference-side`.

## Why it matters
The model learns to end its turn at once. stanford_alpaca#265 found 28 empty outputs in one of the most copied
datasets.

## Bad
```jsonl
{"messages": [{"role": "user", "content": "Name a prime number."}, {"role": "assistant", "content": ""}]}
```

## Good
```jsonl
{"messages": [{"role": "user", "content": "Name a prime number."}, {"role": "assistant", "content": "7"}]}
```

## What to do
Write what is missing, or remove the row. If the correct answer is that nothing was found, say so in the response.

## Known limits
Data that teaches a model when to stay silent is reported too, unless the prompt says when to answer with nothing, or a
key says that there is no answer (`is_impossible`, `answerable`, `valid`, `expected_error`). Mark silence with a visible
token, or ignore the rule for such rows.

A warning: a prompt that asks to extract or find something, as there may be nothing to find.

Notes:
- empty lists of answers and their places, as in SQuAD 2.0, in up to nine rows of ten; in more, the answers were held
  back or lost
- an evaluation set of at least 50 rows of which more than a tenth have no answer, or a smaller one without any: tasks
  that are judged without a reference, which `fix` keeps
- rows of an evaluation set without any value, as below the last one of a spreadsheet
- a row of an evaluation set that is marked as a test of odd input (`adversarial`, `edge_case`), or has another key that
  may be the answer (`label`, `target`), which the message names
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Fix, Hit, Options, Policy, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.labels.label_paths import is_label_path
from datalint.rules.common.test_cases import EMPTY, is_test_case
from datalint.rules.common.texts.chat_texts import ANSWER_TOKENS, ANSWERING_HEADINGS, END_TOKENS
from datalint.rules.common.texts.empty_answers import asks_for_silence, asks_to_extract
from datalint.rules.common.texts.turns import BLANK, lacks_words, learned
from datalint.rules.common.unanswered import is_unanswered, lacks_places

#: The marker of an answer at the end of a text, perhaps with the token that ends the turn.
_MARKED: Final = rf"(?:(?:^|\n)[ \t]*#{{2,4}} ?(?:{ANSWERING_HEADINGS})[ \t]*:?|{ANSWER_TOKENS})[\s{BLANK}]*(?:{END_TOKENS})?[\s{BLANK}]*$"
#: The key of hits in rows with another key that may have the answer, and names of such keys.
_ELSEWHERE: Final = "elsewhere"
#: The key of hits in rows without any value, which lack more than an answer.
_BLANK: Final = "blank"
#: The key of hits in rows without an answer and without a place of one, and the share of rows up to which that is meant.
_PLACELESS: Final = "placeless"
_MEANT: Final = 0.9
#: The key of hits in rows that are marked as tests of a system, which should not answer them.
_TESTED: Final = "tested"
_LABELS: Final = ("label", "answer", "target", "gold", "reference", "ground_truth", "expected", "solution")
#: The box of a final answer with nothing in it, the most characters of a text that is nothing else, and those around it.
_EMPTY_BOX: Final = "boxed{}"
_BOX_CHARS: Final = 30
_AROUND_BOX: Final = " \t\r\n$.\\()[]"
#: Characters at the end of a text that are searched.
_END: Final = 100
#: Why an empty response is no error.
_MAY_BE_RIGHT: Final = ", which may be right: the prompt asks for what a text may not contain"


@rule(
    "QUA002",
    "empty-response",
    severity=Severity.ERROR,
    since="0.1",
    fix=Fix.removal(),
    policy=(
        Policy(
            "have an empty response and no place of one, as questions that the text does not answer",
            share=0,
            most=_MEANT,
            least=1,
            key=(_PLACELESS,),
        ),
        Policy(
            "",
            share=0.1,
            placed=True,
            kind="evaluation",
            kind_words="have no reference answer to compare with: let people or a model rate what is answered",
            learned=(_ELSEWHERE, _BLANK, _TESTED),
        ),
    ),
)
def empty_response(turns: Turns, options: Options) -> pl.Expr:
    """Find responses without a visible character or word, a tool call or media, and texts that end with an answer's marker."""
    marked = passing(turns.role == "text", turns.text, lambda text: text.str.slice(-_END).str.contains(_MARKED))
    # What ends a side of a preference is reported by empty-preference-side.
    follows = (turns.side.shift(-1) == turns.side) & (turns.example.shift(-1) == turns.example)
    ends_side = (turns.side != "") & ~follows.fill_null(value=False)
    blank = lacks_words(turns) & ~ends_side
    boxed = passing(
        turns.chars <= _BOX_CHARS,
        turns.text,
        # Without a pattern: Polars keeps few.
        lambda text: text.str.strip_chars(_AROUND_BOX) == _EMPTY_BOX,
    )
    nothing = blank | marked | boxed | turns.spoken.str.ends_with("A")
    return learned(turns) & ~turns.has_tool_calls & ~turns.has_media & nothing


@empty_response.detail
def _word(row: dict[str, Any], options: Options) -> str | Hit | None:
    if any(asks_for_silence(row[each]) for each in ("prompt", "system")) or is_unanswered(row["record"]):
        return None
    if row["role"] == "text" and (marker := re.search(_MARKED, row["text"][-_END:])) is not None:
        severity = Severity.WARNING if asks_to_extract(row["text"]) else None
        shown = " ".join(marker.group().split())
        return Hit(
            f'no answer after "{excerpt(shown, 40)}", with which the text ends{_MAY_BE_RIGHT if severity else ""}',
            severity=severity,
        )
    if row["text"].strip(_AROUND_BOX) == _EMPTY_BOX:
        return "the response is nothing but an empty \\boxed{}"
    if row["spoken"]:
        return Hit("no answer after the last marker of one, with which the text ends")
    if all(value is None or (isinstance(value, str) and not value.strip()) for value in row["record"].values()):
        return Hit("the row is empty: no key of it has a value", key=_BLANK)
    if lacks_places(row["record"]):
        return Hit("the response is empty, and has no place in the text", key=_PLACELESS)
    what = "is empty"
    if not row["text"] and is_test_case(row["record"], EMPTY):
        return Hit("the response is empty, and the row is marked as a test of odd input", key=_TESTED, fixable=False)
    if row["text"]:
        tokens = row["text"].strip(BLANK)
        what = "holds only special tokens" if tokens else "holds only white space or invisible characters"
    severity = Severity.WARNING if asks_to_extract(row["prompt"]) else None
    if row["role"] == "assistant" and is_label_path(row["path"]):
        return Hit(f"the label {what}: nobody labelled this row")
    if row["path"].removeprefix("$.").isidentifier() and (other := _elsewhere(row["record"])):
        said = f'the response {what}; if "{other}" has the answer: --columns prompt=KEY,response={other}'
        return Hit(said, key=_ELSEWHERE, fixable=False)
    named = "text" if row["role"] == "text" else "response"
    return Hit(f"the {named} {what}{_MAY_BE_RIGHT if severity else ''}", severity=severity)


def _elsewhere(record: dict[str, Any]) -> str:
    """Return the key of a text that may be the answer, empty for none; numbers and truth values may be ratings."""
    values = ((key, record.get(key)) for key in _LABELS)
    return next((key for key, value in values if isinstance(value, str) and value.strip()), "")
