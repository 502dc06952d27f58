r"""A structured response has the same item twice.

## What it does
Reports a response that is JSON, or contains a block of JSON, if an array contains the same object or the same text of
several words twice. Also reports a response with a list in which an item of at least `min-chars` characters occurs
twice, and one of lines of three fields or more (`door_fault_wear`) of which one is there twice. Numbers, labels and
single words may repeat.

## Why it matters
A prompt to extract or list something asks for each item once. Models that write lists tend to repeat items, and a
model that is tuned on such lists does so sooner.

## Bad
```jsonl
{"prompt": "Extract the people.", "completion": "[{\"name\": \"Ann\", \"role\": \"chair\"}, {\"name\": \"Bob\", \"role\": \"clerk\"}, {\"name\": \"Ann\", \"role\": \"chair\"}]"}
```
## Good
```jsonl
{"prompt": "Extract the people.", "completion": "[{\"name\": \"Ann\", \"role\": \"chair\"}, {\"name\": \"Bob\", \"role\": \"clerk\"}]"}
{"prompt": "Tag the words.", "completion": "[\"O\", \"B-PER\", \"O\", \"O\"]"}
```
## What to do
Remove the second item.
## Known limits
Plans, recipes, songs and code repeat lines on purpose, and are not reported if the prompt names them. Items that
differ in their wording are not found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, passing, rule
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.line_ends import plain_ends
from datalint.rules.common.texts.turns import learned, without_code

_BLOCK: Final = r"(?s)```(?:json)?\s*([\[{].*?)```"
_BLOCK_START: Final = r"```(?:json)?\s*[\[{]"
_ITEM: Final = r"([ \t]*)(?:[-*•]|\d{1,3}[.)])[ \t]+(\S.*?)[ \t.;,]*$"
#: What an item is called where it is a field of a record: "**Name**: Ada".
_FIELD: Final = r"\*{0,2}[\w ]{1,30}\*{0,2}:\*{0,2} "
_BULLETS: Final = ("\n- ", "\n* ", "\n2. ", "\n2) ", "\n• ")
#: What divides the fields of a line, such as those of a triple, and how many of it each line has at least.
_DIVIDERS: Final = "_|\t;#→"
_LEAST: Final = 2
_READ: Final = 20_000
_DEEPEST: Final = 20
#: Texts in which lines repeat on purpose.
_REPEATING: Final = (
    r"(?i)recipe|\bcook|\bbake|workout|exercise|routine|schedule|itinerary|timetable|\bplan\b|\bsong|lyric|poem|chant|code|program|script|html|dialog"
    r"|simulat|\blogs?\b|sample data|dummy|mock|random|test case|how (?:do|to|can|would|could|should)\b|steps?\b|instructions|solve|calculat|algorithm|\bweigh|schema|translat|grammar|word by word|database|pattern|knit|crochet|\bdanc|game|food|meal|menu|diary|食谱|计划|歌|诗|代码|日程|安排"
)


@frozen
class RepeatedItemOptions(Options):
    """Which items count."""

    min_chars: int = option(
        25, "characters from which a repeated item of a list counts", source="shorter ones are labels and names"
    )


@rule("DIV014", "repeated-item", severity=Severity.WARNING, since="0.1", confidence=Confidence.LOW)
def repeated_item(turns: Turns, options: RepeatedItemOptions) -> pl.Expr:
    """Find responses with JSON or a list, and with a line or an object that repeats; the detail parses them."""
    return passing(
        learned(turns) & ~turns.has_tool_calls & (turns.role != "text"),
        turns.text,
        lambda text: text.str.contains_any(["},", '",', *_BULLETS, *_DIVIDERS]),
        lambda text: text.map_batches(_may_repeat, return_dtype=pl.Boolean),
    )


def _may_repeat(texts: pl.Series) -> pl.Series:
    return pl.Series([_has_twice(text) for text in texts], dtype=pl.Boolean)


def _has_twice(text: str) -> bool:
    """Whether a line is there twice, its bullet or number aside, or there is JSON, in which anything may be."""
    if text.lstrip().startswith(("[", "{", "```")) or re.search(_BLOCK_START, text) is not None:
        return True
    lines = [line.strip(" \t-*•.;,0123456789)") for line in plain_ends(text).split("\n")]
    full = [line for line in lines if len(line) > 20]
    return len(set(full)) < len(full) or _same_fields(text) is not None


@repeated_item.detail
def _word(row: dict[str, Any], options: RepeatedItemOptions) -> str | None:
    text = row["text"]
    if is_asked(_REPEATING, row):
        return None
    for body in (text, *(match.group(1) for match in re.finditer(_BLOCK, text))):
        item = _twice(_arrays(_parsed(body)))
        if item is not None:
            return f"one array has the same item twice: {excerpt(item, 60)}"
    if text.lstrip().startswith(("[", "{")):
        return None
    fields = _same_fields(text)
    if fields is not None:
        return f'has the same line twice: "{excerpt(fields, 60)}"'
    return _listed(without_code(plain_ends(text[:_READ])), options)


def _same_fields(text: str) -> str | None:
    """Return a line that is there twice, if a text is nothing but lines of as many fields with the same divider."""
    lines = [line.strip() for line in plain_ends(text[:_READ]).strip().split("\n")]
    if len(lines) == len(set(lines)):
        return None
    for divider in _DIVIDERS:
        counts = {line.count(divider) for line in lines}
        if len(counts) == 1 and counts.pop() >= _LEAST and any(map(str.isalpha, lines[0])):
            return Counter(lines).most_common(1)[0][0]
    return None


def _listed(text: str, options: RepeatedItemOptions) -> str | None:
    seen: set[str] = set()
    fields: dict[str, set[str]] = {}
    depth = 0
    for line in text.split("\n"):
        match = re.match(_ITEM, line)
        if match is None or len(match.group(1)) != depth:
            # Another list may have the same items under its own heading or item.
            depth = len(match.group(1)) if match is not None else depth
            seen, fields = (set(), {}) if line.strip() else (seen, fields)
        if match is None:
            continue
        item = match.group(2).casefold()
        if len(item) >= options.min_chars and not item.endswith(":"):
            field = re.match(_FIELD, item)
            if field is not None:
                fields.setdefault(field.group(), set()).add(item)
            # Of several records, each with its "Name:" and "Folder:", some have a field in common.
            if item in seen and (field is None or all(len(values) == 1 for values in fields.values())):
                return f'lists one item twice: "{excerpt(match.group(2), 60)}"'
            seen.add(item)
    return None


def _parsed(text: str) -> Any:
    import orjson

    body = text.strip()
    if not body.startswith(("[", "{")):
        return None
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _arrays(value: Any, depth: int = 0) -> Iterator[list[Any]]:
    if depth > _DEEPEST or not isinstance(value, list | dict):
        return
    if isinstance(value, list):
        yield value
    for item in value if isinstance(value, list) else value.values():
        yield from _arrays(item, depth + 1)


def _twice(arrays: Iterator[list[Any]]) -> str | None:
    """Return an object, or a text of several words, that is in one of the arrays twice."""
    import orjson

    for array in arrays:
        seen: set[Hashable] = set()
        for item in array:
            if not ((isinstance(item, dict) and len(item) > 1) or (isinstance(item, str) and len(item.split()) > 2)):
                continue
            text = orjson.dumps(item, option=orjson.OPT_SORT_KEYS).decode()
            if text in seen:
                return text
            seen.add(text)
    return None
