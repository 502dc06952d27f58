r"""A response says the same thing over and over.

## What it does
Counts the runs of eight words in a response. Outside code, a response is reported if more than `max-share` of these
runs occur four times or more, or if letters that repeat without a space ("hahaha…") make up more than that share of
its characters. Chinese, Japanese and Korean characters count as words. A long response is also reported if it ends with
the same words ten times in a row, and a response of any length if it ends with 60 times the same sign, such as full
stops, outside code, tables, rules and blanks to fill in.

## Why it matters
Models fall into loops near the token limit, and datasets that are generated without a check contain them: in the raw
GPT-3 predictions of Self-Instruct, 231 of 252 responses loop. A model that is tuned on loops falls into loops sooner
(SkyThought#2).

## Bad
```jsonl
{"prompt": "Tell a story.", "completion": "The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man walked into the room. The man"}
```

## Good
```jsonl
{"prompt": "Tell a story.", "completion": "The man walked into the room and sat down. Nobody looked up. He had been away for three years, and the clock over the door still showed the hour of his leaving. Ha ha ha, said a voice from the kitchen, ha ha ha ha. It was the parrot, which had learned to laugh from the radio and never forgot a joke, good or bad."}
```

## What to do
Remove the row, or cut the response after the first pass of the loop and complete it.

## Known limits
A loop that counts ("Step 12 … Step 13 …") is not found, because its words change. Loops in code, tables, JSON, markup,
numbers alone and tags of words, what each section of a manual repeats under its own heading, and loops that end well
before the end of the response, are not reported. Neither is a response that repeats as its prompt does, such as a
translation. Only the first 20,000 characters are checked.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, passing, percent, rule
from datalint.rules.common.text_lists import are_texts
from datalint.rules.common.texts.turns import learned, without_code

#: Length of a run in words, and how often a run must occur to count as repeated.
_RUN: Final = 8
_TIMES: Final = 4
#: A loop runs to the end of the text: there the last characters have been seen before.
_TAIL: Final = 16
_READ: Final = 20_000
#: How often words follow one another at the end of a text that is a loop, whatever stands before it.
_LAST_TIMES: Final = 10
#: How often one sign stands at the end of a loop, and the longest line of one sign that separates parts of a text.
_SIGNS: Final = 60
_RULE: Final = 120
#: Signs that rules, tables, pictures and nested code consist of; letters and digits may be sequences or numbers.
_DRAWN: Final = r"[\w\s\-=*~#+|/\\<>^`:%@&$()\[\]{}\u00b7\u2010-\u2015\u2022\u2500-\u25ff\u2800-\u28ff]"
#: A request for a form, a drawing or the sign itself.
_ASKS_SIGNS: Final = (
    r"(?i)\b(?:blanks?|forms?|templates?|worksheets?|fill|dots?|dotted|periods|full stops|marks?|ascii|draw"
    r"|repeat\w{0,5}|times|characters)\b"
)
_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = rf"[{_CJK}]|[^\W_{_CJK}]+"
#: Letters over and over, in units that no word of a language is longer than.
_STRETCH: Final = r"([^\W\d_]{1,20}?)\1{24,}"
_SYMBOL: Final = r'["{}<>;=\\/|$\[\]\x01-\x06\x1c-\x1f]'
#: Share of symbols over which a text is code, markup or data. Measured: repeated prose stays under .05 in 97 % of
#: loops, code and JSON begin at .09.
_MOST_SYMBOLS: Final = 0.05
#: The tag of a word, such as ``O`` or ``B-PER``, and the share of the words of a text that are tags.
_TAG: Final = r"(?<!\S)(?:O|[BIESLUM][-_]\S{1,40})(?!\S)"
_TAGS: Final = 0.9
#: A heading of Markdown.
_HEADING: Final = r"(?m)^#{1,6} [^\n]{1,200}$"


@frozen
class RepetitionOptions(Options):
    """When a response loops."""

    max_share: float = option(
        0.5,
        "share of eight-word runs that may be repeated ones",
        source="on 10,800 real responses the shares are under .45 or, in loops, over .55",
    )
    min_chars: int = option(
        300, "characters from which words that repeat are a loop", source="a short refrain is no loop"
    )


@rule("QUA006", "repetition-loop", severity=Severity.WARNING, since="0.1", confidence=Confidence.MEDIUM)
def repetition_loop(turns: Turns, options: RepetitionOptions) -> pl.Expr:
    """Find responses whose last characters came before; the detail counts how often, and then the runs."""
    return passing(
        learned(turns) & (turns.chars >= min(options.min_chars, _SIGNS)),
        turns.text.str.strip_chars_end(),
        lambda said: said != "",
        lambda said: said.str.head(-_TAIL).str.contains(said.str.tail(_TAIL), literal=True),
    )


@repetition_loop.detail
def _word(row: dict[str, Any], options: RepetitionOptions) -> str | None:
    # A list of answers, such as those of several models, is one text: one of them may loop, not all together.
    record = row["record"]
    value = record.get(row["path"].removeprefix("$.")) if isinstance(record, dict) else None
    answers = value if are_texts(value, 0) else [row["text"]]
    return next((found for each in answers if (found := _loop(each, row["prompt"], options)) is not None), None)


def _loop(answer: str, prompt: str, options: RepetitionOptions) -> str | None:
    said = answer.rstrip()
    if (signs := _last_signs(said, prompt)) is not None:
        return signs
    if len(said) < options.min_chars or said.count(said[-_TAIL:]) < _TIMES:
        return None
    text = without_code(answer[:_READ])
    stretch = max(re.finditer(_STRETCH, text), key=lambda match: len(match.group()), default=None)
    if stretch is not None and len(stretch.group()) > options.max_share * len(text):
        unit, length = stretch.group(1), len(stretch.group())
        return _worded(length / len(text), options, length // len(unit), unit)
    runs = list(_runs([word.lower() for word in re.findall(_WORD, text)]))
    counts = Counter(runs)
    repeated = sum(count for count in counts.values() if count >= _TIMES)
    if not runs or repeated <= options.max_share * len(runs) or _is_data(text):
        return _last_loop(said, prompt, options)
    run, times = counts.most_common(1)[0]
    first = runs.index(run)
    words = list(islice(re.finditer(_WORD, text), first, first + _RUN))
    phrase = excerpt(answer, 60, start=words[0].start(), stop=words[-1].end())
    if _prompt_repeats(prompt, options, times) or _is_manual(answer[:_READ], times):
        return None
    return _worded(repeated / len(runs), options, times, phrase)


def _is_manual(text: str, times: int) -> bool:
    """Return whether a text has a heading of its own for each repetition, as a manual has for each command.

    Digits do not make a heading its own: a loop may count its steps.
    """
    headings = {re.sub(r"\d+", "", heading) for heading in re.findall(_HEADING, text)}
    return len(headings) >= times


def _prompt_repeats(prompt: str, options: RepetitionOptions, times: int) -> bool:
    """Return whether the prompt repeats as a response does: a translation, a correction, an answer for each of its lines.

    Most of its runs are repeated ones, and one of them occurs half as often as that of the response, or more.
    """
    counts = Counter(_runs([word.lower() for word in re.findall(_WORD, prompt[:_READ])]))
    repeated = sum(count for count in counts.values() if count >= _TIMES)
    return repeated > options.max_share * counts.total() and 2 * max(counts.values()) >= times


def _last_loop(said: str, prompt: str, options: RepetitionOptions) -> str | None:
    """Say which words follow one another at the end of a text until a limit stopped them; None for none."""
    last = said.rfind(said[-_TAIL:], 0, len(said) - 1)
    length = len(said) - _TAIL - last
    unit = said[-length:] if last >= 0 else ""
    if not any(map(str.isalpha, unit)) or (unit.isascii() and not any(map(str.isspace, unit))) or _is_data(unit):
        return None
    times, end = 0, len(said)
    while said.endswith(unit, 0, end):
        times, end = times + 1, end - length
    if times < _LAST_TIMES or times * length < options.min_chars or _prompt_repeats(prompt, options, times):
        return None
    return f'the response ends in a loop: {times:,} times "{excerpt(unit.strip(), 60)}"'


def _last_signs(said: str, prompt: str) -> str | None:
    """Say which sign a text repeats at its end until a limit stopped it; None for none, or what is drawn on purpose.

    Leaders of a table of contents and blanks of a form have others like them, or follow a colon.
    """
    sign = said[-1:]
    before = said.rstrip(sign)
    times = len(said) - len(before)
    if times < _SIGNS or re.match(_DRAWN, sign):
        return None
    is_rule = times <= _RULE and before.endswith("\n")
    is_blank = before.rstrip().endswith((":", "：")) or sign * 10 in before or sign * 5 in prompt
    is_code = any(map(str.isalpha, before)) and _is_data(before[:_READ])
    if is_rule or is_blank or is_code or re.search(_ASKS_SIGNS, prompt[:_READ]):
        return None
    # What is within a fence becomes white space.
    if not without_code(said).endswith(sign):
        return None
    return f'the response ends in a loop: {times:,} times "{sign}"'


def _worded(share: float, options: RepetitionOptions, times: int, phrase: str) -> str:
    return f'{percent(share)} of the text repeats, limit {percent(options.max_share)}; {times:,} times "{phrase}"'


def _runs(words: list[str]) -> zip[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(_RUN)), strict=False)


def _is_data(text: str) -> bool:
    """Whether a text is code, markup or data: numbers without a letter, which a program computed, or tags of words."""
    if not any(map(str.isalpha, text)) or len(re.findall(_SYMBOL, text)) > _MOST_SYMBOLS * len(text):
        return True
    return len(re.findall(_TAG, text)) >= _TAGS * len(text.split())
