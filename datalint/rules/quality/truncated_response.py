r"""A response stops in the middle of a sentence.

## What it does
Reports a response of at least `min-chars` (200) characters that stops in the middle of a sentence: in an article,
preposition or the like ("… and the", in 24 languages), in a comma, in a colon or dash after a sentence, or inside a
bracket of its last line. In Chinese and Japanese, half as many characters are enough.

Also reported, whatever its length, is a response that ends:
- after it announces a list, an example or the answer ("… as follows:", "The answer is:")
- in a calculation ("= 800² + 2*800*83 +")
- after the number or mark of an item of a list ("2. Rest.", "3.")

Not reported:
- a last line that is no prose: code, tables, quotations, headings, signatures, verse, or speech that a dash interrupts
- items of a list that end in "; and", and lists of names between slashes or bars
- responses to a prompt that says how to end, or whose key calls them an excerpt (`preview`)
- summaries that end with who says the text ("… writes Ada Moss:")
- translations that end in a colon where their source ends a sentence
- lines of parallel text whose source ends none, as verses do
- what an attack wants the answer to begin with (`target` next to `goal`)

## Why it matters
Answers that were cut off at a token limit teach the model to stop anywhere (SkyThought#2). They are easy to miss: of
2,312 chosen dialogues in the hh-rlhf harmless test split, over 120 stop in the middle of a sentence, 50 of them at
such a word or mark.

## Bad
```jsonl
{"prompt": "How do I start with bonds?", "completion": "Open an account with a broker first, which takes a day or two and some proof of who you are. Then decide how much you can leave alone for five years, since a bond that is sold early may bring less than it cost. While government bonds are"}
```

## Good
```jsonl
{"prompt": "How do I start with bonds?", "completion": "Open an account with a broker first, which takes a day or two and some proof of who you are. Then decide how much you can leave alone for five years, since a bond that is sold early may bring less than it cost.\n\n- Government bonds\n- Corporate bonds"}
```

## What to do
Generate the answer again with a higher limit, or delete the unfinished sentence.

## Known limits
A cut after a full stop, in code, between two items of a list or in other plain texts is not found, and neither is one
of a person, with a name under `speaker`, after whom another one speaks, or of a message in a chat most of whose
messages end without a sign. If only the full stop is missing, the answer may be cut off or complete;
[missing-full-stop](missing-full-stop.md) reports it, but is off unless you select it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

import polars as pl

from datalint.api import Options, Severity, Turns, excerpt, frozen, option, passing, rule
from datalint.rules.common.pairs.summaries import is_lead
from datalint.rules.common.responses.endings import (
    DASHES,
    END,
    OPEN_WORDS,
    OPERATORS,
    announces_nothing,
    ends_in_cjk,
    ends_with,
    last_char,
    last_line,
    may_end,
    stops_calculating,
)
from datalint.rules.common.responses.open_ends import may_be_cut, open_end
from datalint.rules.common.responses.open_words import OTHER_OPEN_WORDS
from datalint.rules.common.responses.verse import is_verse
from datalint.rules.common.texts.chat_texts import ENDS, OPENINGS, last_answer
from datalint.rules.common.texts.language_keys import are_languages
from datalint.rules.common.texts.line_ends import plain_ends
from datalint.rules.common.texts.scripts import unlabelled
from datalint.rules.common.texts.turns import learned

#: The last characters: an open word or mark, or an open bracket.
_GATE: Final = (
    rf"(?:\s(?:a|(?i:{OPEN_WORDS})|{OTHER_OPEN_WORDS})|\n[(（]"
    rf"|[\p{{L}}\p{{N}}](?:[,，、:：](?:\s?[{DASHES}]{{1,3}})?|\)?\s?—|\s?[(（\[【])"
    r"|[(（][^()（）\n]*\p{L})\s*$"
)
#: The last character of a response of any length that announces what does not follow, and how long one is at least.
_ANNOUNCING: Final = (":", "：", *DASHES)
_ANNOUNCE_CHARS: Final = 12
#: What the number of an item ends with, a last line that is nothing else, and characters in which it is, with the break.
_NUMBER_ENDS: Final = (".", ")", "、", "*")
_NUMBER: Final = r"\(?(\d{1,3})[.)、]"
_NUMBER_CHARS: Final = 10
#: The same without a mark, after nine items at least, as a number alone may be a result; and the mark of an item.
_BARE: Final = r"[1-9]\d{1,2}"
_NINTH: Final = "\n9. "
_DIGITS: Final = tuple("0123456789")
_BULLETS: Final = ("-", "*", "•", "–")
#: Characters at the end of a text that are searched, with a token that ends it.
_TOKEN_CHARS: Final = 400
#: What is said of a response that stops inside a bracket, as verse does not.
_BRACKET: Final = "inside a bracket"
#: Characters in which a response ends as a part of its prompt does, whatever follows that part.
_SAME_END: Final = 4
#: Characters of a prompt that say what is asked.
_REQUEST: Final = 400
#: What a prompt ends with that is a sentence, and requests for a translation.
_ENDED: Final = r"[.!?。！？][\"”’)」』]*$"
_TRANSLATE: Final = r"(?i)\btranslat|übersetz|\btradu[cizç]|перев[ео]д|翻译|翻譯|번역|訳|tłumacz|çevir|ترجم"
#: The path of a response whose key says that it is the beginning of one: ``answer_head``, ``preview``.
_EXCERPT: Final = r"(?i)(?:[a-z]_?head|(?:\b|_)(?:preview|snippet|excerpt|teaser))$"
#: The path of what an attack wants the answer to begin with, and the key of what it asks for.
_TARGET: Final = "$.target"
_GOAL: Final = "goal"
#: A turn of a list, the key of its speaker, and speakers that are no people.
_TURN: Final = r"\$\.(\w+)\[(\d+)\]"
_SPEAKER: Final = "speaker"
#: Turns of a chat at least and those that are looked at, and the share of them that end in a letter or digit.
_CHAT_TURNS: Final = 10
_CHAT_LOOKED_AT: Final = 200
_MOST: Final = 0.5
_ROLES: Final = frozenset(("user", "human", "assistant", "gpt", "bot", "system", "agent", "ai", "model", "chatbot"))


@frozen
class TruncatedOptions(Options):
    """When a response is checked."""

    min_chars: int = option(
        200,
        "characters from which a response is checked, half of them in Chinese and Japanese",
        source="shorter ones are labels, titles and names",
    )


@rule("QUA005", "truncated-response", severity=Severity.WARNING, since="0.1")
def truncated_response(turns: Turns, options: TruncatedOptions) -> pl.Expr:
    """Find responses that may stop too early; the expression is anchored at the end, where it mostly fails at once."""
    long = may_end(turns, _ANNOUNCE_CHARS)
    # A colon counts only without media.
    stops = _stops(long & ~turns.has_media, turns.text, _ANNOUNCING) | _stops(long & turns.has_media, turns.text, ())
    follows = (
        turns.is_response.shift(-1) & (turns.example.shift(-1) == turns.example) & (turns.side.shift(-1) == turns.side)
    )
    texts = passing(learned(turns) & (turns.role == "text"), turns.text, _opens, _may_be_open)
    # Which limit a text has, its letters say.
    return ends_with(turns, _GATE, options.min_chars // 2) | (stops & ~follows.fill_null(value=False)) | texts


def _opens(text: pl.Expr) -> pl.Expr:
    """Return whether a text begins as a question with its answer does."""
    return pl.any_horizontal(text.str.starts_with(each) for each in OPENINGS)


def _may_be_open(text: pl.Expr) -> pl.Expr:
    """Return whether a text may stop too early, before a token that ends it."""
    end = text.str.strip_chars_end().str.tail(_TOKEN_CHARS)
    for token in ENDS:
        end = end.str.strip_suffix(token)
    end = end.str.strip_chars_end()
    return last_char(end).is_in((*_ANNOUNCING, *OPERATORS)) | end.str.contains(_GATE)


def _stops(condition: pl.Expr, text: pl.Expr, announcing: tuple[str, ...]) -> pl.Expr:
    """Return whether a text ends with one of ``announcing``, in a calculation, or with the number of an item."""

    def may_stop(some: pl.Expr) -> pl.Expr:
        return last_char(some).is_in((*announcing, *OPERATORS)) | _ends_with_number(some)

    def stops(some: pl.Expr) -> pl.Expr:
        calculates = some.map_elements(stops_calculating, return_dtype=pl.Boolean)
        return last_char(some).is_in(announcing) | _ends_with_number(some) | calculates

    return passing(condition, text, may_stop, stops)


def _ends_with_number(text: pl.Expr) -> pl.Expr:
    """Return whether a text may end with a line that is the number of an item."""
    end = text.str.tail(_NUMBER_CHARS).str.strip_chars_end()
    marked = last_char(text).is_in((*_NUMBER_ENDS, *_BULLETS))
    bare = last_char(text).is_in(_DIGITS) & text.str.contains(_NINTH, literal=True)
    return (marked | bare) & end.str.contains_any(["\n", "\r"])


@truncated_response.detail
def how(row: dict[str, Any], options: TruncatedOptions) -> str | None:
    """Say how the response stops, or the last answer in a text."""
    if row["role"] == "text":
        written = last_answer(row["text"])
        if written is None or len(written.answer) < _ANNOUNCE_CHARS:
            return None
        row = {"path": row["path"], "system": row["system"], "record": None}
        row |= {"prompt": written.prompt, "text": written.answer}
    text, prompt = row["text"].strip(), row["prompt"].rstrip()
    if re.search(_EXCERPT, row["path"]) or _is_target(row) or _is_interrupted(row):
        return None
    if (number := _item_number(text)) is not None:
        is_copy = text in prompt or last_line(prompt).strip() == last_line(text).strip()
        return (
            None
            if is_copy or text.count("```") % 2
            else f'stops after the {"mark" if number in _BULLETS else "number"} of an item: "{number}"'
        )
    # An answer may be cut out of a passage, and a translation or correction ends as its source does.
    end, same = _narrow(text[-_SAME_END:]), _narrow(prompt[-1:])
    if text in prompt or (same == end[-1:] and not end[-1:].isalnum()):
        return None
    parts = row["record"].values() if isinstance(row["record"], dict) else ()
    if any(_narrow(part.rstrip()[-_SAME_END:]) == end for part in parts if isinstance(part, str) and part in prompt):
        return None
    asked = f"{row['system']}\n{prompt[:_REQUEST]}"
    is_pair = isinstance(row["record"], dict) and are_languages(row["record"], prompt, text)
    if re.search(_ENDED, prompt[-_SAME_END:]) is None:
        # A verse or line of parallel text, which goes on in the next row.
        if is_pair and text[-1:] not in _ANNOUNCING:
            return None
    elif text[-1:] in _ANNOUNCING and (is_pair or re.search(_TRANSLATE, asked)):
        # The translation of a whole sentence may announce the next one.
        return None
    said = unlabelled(row["text"])
    if not may_be_cut(row):
        return None
    least = options.min_chars // 2 if ends_in_cjk(text) else options.min_chars
    what = open_end(last_line(said)) if len(row["text"]) >= least else None
    leads = what is not None and is_lead(row["path"], asked, prompt, text)
    if what is not None and (leads or (_BRACKET not in what and is_verse(text)) or _is_chat(row)):
        return None
    if what is None and stops_calculating(text):
        what = f'stops after "{text[-1]}"'
    # A single sentence may be the translation of one, which ends in the same sign.
    answers = prompt[-1:] in ("?", "？") or "\n" in text or text[-1] in DASHES or re.search(END, text) is not None
    if what is None and answers and announces_nothing(last_line(text)):
        what = "announces what does not follow"
    return None if what is None else f'{what}: "{excerpt(row["text"].rstrip(), 50, end=True)}"'


def _is_target(row: dict[str, Any]) -> bool:
    """Whether a response is what an attack wants the answer to its goal to begin with, as in AdvBench."""
    return row["path"] == _TARGET and isinstance(row["record"], dict) and _GOAL in row["record"]


def _is_chat(row: dict[str, Any]) -> bool:
    """Whether a turn is one of many of which most end without a sign, as people write in a chat."""
    found = re.match(_TURN, row["path"])
    turns = row["record"].get(found[1]) if found and isinstance(row["record"], dict) else None
    if not isinstance(turns, list) or len(turns) < _CHAT_TURNS:
        return False
    said = [each.get("content") or each.get("value") for each in turns if isinstance(each, dict)]
    texts = [each.rstrip() for each in said[:_CHAT_LOOKED_AT] if isinstance(each, str) and each.strip()]
    return sum(each[-1:].isalnum() for each in texts) > _MOST * len(texts)


def _is_interrupted(row: dict[str, Any]) -> bool:
    """Whether a person says a turn, by a name under ``speaker``, and another one goes on: speech stops in a sentence."""
    found = re.match(_TURN, row["path"])
    said = row["record"].get(found[1]) if found and isinstance(row["record"], dict) else None
    if found is None or not isinstance(said, list):
        return False
    speakers = [each.get(_SPEAKER) if isinstance(each, dict) else None for each in said[int(found[2]) :]]
    names = {each.lower() for each in speakers if isinstance(each, str)}
    return len(names) > 1 and names.isdisjoint(_ROLES)


def _item_number(text: str) -> str | None:
    """Return the last line of a text if it is the number or mark of an item, and the item before is in the text.

    Where another one has no text, items may be empty by design.
    """
    *lines, last = (each.strip() for each in plain_ends(text).split("\n"))
    if last in _BULLETS:
        items = [each for each in lines if each.startswith(last)]
        return last if len(items) > 1 and all(each.startswith(f"{last} ") for each in items) else None
    *before, line = (each.strip(" \t*") for each in (*lines, last))
    if re.fullmatch(_BARE, line):
        item = next((each for each in reversed(before) if each), "")
        return line if item.startswith(f"{int(line) - 1}. ") and f"\n{int(line) - 2}. " in text else None
    found = re.fullmatch(_NUMBER, line)
    if found is None or int(found[1]) < 2 or any(re.fullmatch(_NUMBER, each) for each in before):
        return None
    item = rf"\(?{int(found[1]) - 1}[.)、]"
    return line if any(re.match(item, each) for each in before) else None


def _narrow(end: str) -> str:
    """Return an end of a text with half-width characters in place of full-width ones."""
    return unicodedata.normalize("NFKC", end).replace("、", ",").replace("。", ".")
