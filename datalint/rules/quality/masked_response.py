"""Many responses contain marks that hide names, numbers or words.

## What it does
Reads 100 rows, evenly spaced, and counts the responses with a mark that hides something: a word of four X or more
(`XXXX`), `[REDACTED]`, `[NAME]`, `<PERSON>`, `NAME_1`, `[New Surname]` and the like. Reports them, once, if they are at
least `min-responses` and `min-share`. A response does not count if its prompt or system prompt has the same mark, or
asks to hide something, or if its other words are those of the prompt, as where the task is to hide names. Marks in
brackets do not count in three kinds or more, nor in a letter, form or template that the prompt asks for.

## Why it matters
The texts were de-identified before they became answers, and the model learns to write the mark where a name, a number or
another word belongs. In a public set of chest reports, half of the answers have XXXX.

## Bad
```jsonl vary=12
{"prompt": "What does the log of {w} say?", "completion": "It says that XXXX {n} was seen at noon. Nothing else happened."}
```

## Good
```jsonl vary=12
{"prompt": "What does the log of {w} say?", "completion": "It says that boat {n} was seen at noon. Nothing else happened."}
```

## What to do
Replace the marks with made-up names and values that fit, or rewrite or delete the sentences with them. Marks in prompts
may stay.

## Known limits
Marks in plain texts, in code, in lower case (`xxxx`) and between other signs (`555-XXXX`) are not counted, and neither
are black bars and underscores, which may be progress bars and blanks to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.api import Dataset, Hit, Options, Severity, excerpt, frozen, option, percent, rule
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.blanks import ASKED
from datalint.rules.common.texts.sampled import Sampled, sampled_texts
from datalint.rules.common.texts.turns import without_code

#: Names of what is hidden, in brackets or with a number.
_NAMES: Final = "(?:FIRST[_ ]|LAST[_ ]|FULL[_ ])?NAME|SURNAME|PERSON|EMAIL|PHONE(?:[_ ]NUMBER)?|ADDRESS"
_BRACKET: Final = lazy_pattern(
    rf"[\[<](?:(?i:redacted|anonymi[sz]ed|de-?identified|masked)|(?:{_NAMES})(?:[_ ]?\d{{1,3}})?"
    r"|New (?:Name|Surname|First Name|Last Name|Address|Phone))[\]>](?!\()|\bNAME_\d{1,3}\b"
)
_WORD: Final = lazy_pattern(r"(?<![\w\-–/.@#+*=$])X{4,20}(?![\w\-–/@*=])")
#: What a prompt says that wants a text with marks.
_HIDES: Final = lazy_pattern(
    r"(?i)redact|anonymi|pseudonymi|\bmask|censor|de-?identif|\bpii\b|placeholder|template|roman numeral|脱敏|匿名|隐去|模板|占位"
)
#: Different marks in brackets of a form.
_OF_A_FORM: Final = 3
#: The share of the words around marks that are those of the prompt, from which on the response is its text.
_COPIED: Final = 0.9
#: Characters of a text that are read.
_READ: Final = 20_000
_SHOWN: Final = 60
_AROUND: Final = 20


@frozen
class MaskedResponseOptions(Options):
    """When responses are masked."""

    min_responses: int = option(5, "responses with a mark", source="fewer may speak of marks")
    min_share: float = option(
        0.1, "share of the responses", source="of 1,169 public files, six are over it, all with de-identified reports"
    )


@rule("QUA050", "masked-response", severity=Severity.WARNING, since="0.1")
def masked_response(data: Dataset, options: MaskedResponseOptions) -> Iterator[Hit]:
    """Yield a hit at the first response with a mark, if there are many."""
    sampled: Sampled = data.once(sampled_texts)
    pairs = zip(sampled.rows, sampled.prompts, sampled.learned, strict=True)
    answers = [each for each in pairs if each[1].strip() and each[2].strip()]
    marked = [(row, answer, mark) for row, prompt, answer in answers if (mark := _mark(prompt, answer)) is not None]
    least = max(options.min_responses, options.min_share * len(answers))
    if len(marked) < least:
        return
    systems = [text.system for text in data.texts([row for row, _, _ in marked])]
    found = [
        each
        for each, system in zip(marked, systems, strict=True)
        if each[2].group() not in system and _HIDES.search(system) is None
    ]
    if len(found) < least:
        return
    row, answer, mark = found[0]
    shown = excerpt(answer, _SHOWN, start=max(mark.start() - _AROUND, 0), stop=mark.end() + _AROUND)
    yield Hit(
        f"{len(found):,} of {len(answers):,} responses ({percent(len(found) / len(answers))}) have a mark that hides a "
        f'word or a name, which their prompts do not have: "{shown}"',
        at=row,
    )


def _mark(prompt: str, answer: str) -> re.Match[str] | None:
    """Return the first mark of an answer that hides something, and that its prompt neither has nor asks for."""
    said = without_code(answer[:_READ])
    marks = [*_WORD.finditer(said)]
    brackets = [*_BRACKET.finditer(said)]
    if brackets and len({each.group() for each in brackets}) < _OF_A_FORM and re.search(ASKED, prompt) is None:
        marks += brackets
    left = [each for each in marks if each.group() not in prompt]
    if not left or _HIDES.search(prompt) is not None:
        return None
    words = re.findall(r"[^\W_]+", _BRACKET.sub(" ", _WORD.sub(" ", said)).casefold())
    known = set(re.findall(r"[^\W_]+", prompt.casefold()))
    return None if sum(word in known for word in words) >= _COPIED * len(words) else left[0]
