r"""A prompt or input is nothing but a word for a missing value.

## What it does
Reports a prompt, instruction or Alpaca `input` whose whole text is `null`, `nan`, `N/A` or the like, or a generator's
marker for no input (`<noinput>`, "No input"), and a prompt or instruction that is `{}` or `[]`, or "no response" or the
like in one of 25 languages, as a survey has it next to a label. In later turns of a conversation, only the marker is
reported, because the user may answer `none` there. A word is not the prompt if the row has other text to read, before
it or after it, such as a question "none" with a long `context`.

Left out is what somebody said: sentences of tagged tokens, "None", "N/A" or "No reply" in the list of texts of an
intent (`examples`, `patterns`), and "None" or "No reply" with a translation into another language next to it. So are
entries of a dictionary or lexicon (`word`, `term`).

## Why it matters
A data frame wrote its missing value, or a generator its marker, and the model is trained to answer that word. For an
input "Noinput", an Alpaca template writes a section "### Input:" that rows without an input don't have.
tloen/alpaca-lora PR#32 had to clean up several spellings.

## Bad
```jsonl
{"instruction": "Give the capital of Peru.", "input": "<noinput>", "output": "Lima"}
```

## Good
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "Lima"}
```

## What to do
Write the missing prompt or remove the row; where there is no input, leave `input` empty. Where a spreadsheet wrote an
error (`#NAME?`), it took a text that begins with `=`, `+` or `-` for a formula: import the texts again as texts.

## Known limits
If the prompts of a dataset are single words to explain, "null" may be one of them; remove it from `words` in that
case. A word next to its pronunciation, sound by sound ("nan" and `n aː n ˧˧`), is a word of its language.
"""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Fix, Hit, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.texts.intents import is_of_intent
from datalint.rules.common.texts.language_keys import are_languages
from datalint.rules.common.texts.null_words import NO_ANSWER, NullWordOptions
from datalint.rules.common.texts.turns import (
    CELL_ERRORS,
    EMPTY_VALUES,
    LONGEST_NULL_WORD,
    NULL_MARKERS,
    PRINTED_OBJECT,
    bare,
)

#: Where a row has the tokens of a sentence, or the entry of a dictionary.
_WORDS = ("$.tokens", "$.word", "$.term", "$.token", "$.lemma", "$.headword")
#: Keys of Alpaca, in which a word is wrong whatever else is read.
_OWN = ("$.instruction", "$.input")
#: What a survey writes where somebody said nothing.
_NOT_SAID: Final = (*NO_ANSWER, "not applicable")
#: Words that people say too, also in a line that is translated, and what they type where a chatbot asks.
_SAID: Final = frozenset(("none", "nil", *_NOT_SAID))
_TYPED: Final = _SAID | {"n/a"}
#: Keys of a row that are looked at, characters and sounds of a pronunciation at most, and what a letter is.
_MOST_KEYS: Final = 20
_LONGEST: Final = 100
_MOST_SOUNDS: Final = 20
_LETTERS: Final = ("Ll", "Lu", "Lo")


@rule(
    "QUA029",
    "null-word-prompt",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.MEDIUM,
    fix=Fix.edit(safe=True),
)
def null_word_prompt(turns: Turns, options: NullWordOptions) -> pl.Expr:
    """Find prompts whose whole text is one of the words."""
    short = turns.is_prompt & ~turns.has_media & (turns.chars <= LONGEST_NULL_WORD)
    # The text of another key is the prompt then, or a part of it.
    is_next = (turns.example == turns.example.shift(-1)) & turns.is_prompt.shift(-1) & ~turns.path.is_in(_OWN)
    is_next = (short & is_next & (turns.chars.shift(-1) > 0)).fill_null(value=False)
    every = [*options.words, *EMPTY_VALUES]
    followed = passing(is_next, turns.text.shift(-1), lambda text: ~bare(text).is_in(every))
    words = passing(short & ~followed, turns.text, lambda text: bare(text).is_in([*every, *_NOT_SAID]))
    return words | passing(short & followed, turns.text, lambda text: bare(text).is_in(NULL_MARKERS))


@null_word_prompt.detail
def _word(row: dict[str, Any], options: NullWordOptions) -> Hit | None:
    if row["path"] in _WORDS:
        return None
    text = row["text"].strip()
    # Italian elides it before a vowel ("null'altro").
    if text.endswith("'") and not text.startswith("'"):
        return None
    said = text.strip(" .\"'").lower()
    if (said in _SAID and _is_translated(text, row["record"])) or (
        said in _TYPED and is_of_intent(row["path"], row["record"])
    ):
        return None
    if any(_is_sounded(text, value) for value in islice(row["record"].values(), _MOST_KEYS)):
        return None
    shown = excerpt(text, LONGEST_NULL_WORD)
    is_value = text in EMPTY_VALUES
    # An input, or what a system prompt is about, may be JSON.
    if is_value and (row["path"] == "$.input" or row["system"]):
        return None
    not_said = said in _NOT_SAID
    if not_said and row["path"] in _OWN:
        return None
    if row["path"] == "$.input":
        return Hit(f'the input is "{shown}", which should be empty')
    if text.lower().strip(".") not in NULL_MARKERS and row["prompt"]:
        return None
    if not_said:
        return Hit(f'the whole prompt is "{shown}", as where nobody answered', fixable=False)
    what = "an object that was printed" if text.lower() == PRINTED_OBJECT else "a word for a missing value"
    what = "an empty value that was printed" if is_value else what
    what = "the error of a spreadsheet, which may have read the text as a formula" if _is_error(text) else what
    whole = "instruction" if row["path"] == "$.instruction" and row["record"].get("input") else "whole prompt"
    return Hit(f'the {whole} is "{shown}", {what}', fixable=False)


def _is_translated(text: str, record: dict[str, Any]) -> bool:
    """Whether a text is one side of a translation, and the other side is another text: "None" and "Keiner"."""
    pair = record.get("translation", record)
    if not isinstance(pair, dict):
        return False
    sides = [value for value in islice(pair.values(), _MOST_KEYS) if isinstance(value, str) and value.strip()]
    return any(value.strip() != text and are_languages(pair, text, value) for value in sides)


def _is_error(text: str) -> bool:
    return text.lower() in CELL_ERRORS


def _is_sounded(word: str, value: object) -> bool:
    """Whether a value writes a word sound by sound (``n aː n ˧˧``), with marks of length and tone."""
    if not isinstance(value, str) or len(value) > _LONGEST or value.strip() == word:
        return False
    sounds = value.split()[:_MOST_SOUNDS]
    letters = [[letter for letter in sound if unicodedata.category(letter) in _LETTERS] for sound in sounds]
    first = [sound[0] for sound in letters if sound]
    return len(first) > 1 and all(len(sound) <= 1 for sound in letters) and first[0] == word[0].lower()


@null_word_prompt.repair
def _emptied(row: dict[str, Any], options: NullWordOptions) -> str | None:
    """Empty an input; another prompt is lost."""
    return "" if row["path"] == "$.input" and row["text"].strip().lower().strip(".") in options.words else None
