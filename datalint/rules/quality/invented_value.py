r"""JSON answers have values that their prompts lack, and forbid to invent.

## What it does
Looks at answers in JSON to prompts, or system prompts, that forbid values of the model's own ("Never invent a value", "Do
not guess", "only use information from the text", "if a field is not stated, set it to null"), in up to 5,000 rows, evenly
spaced. The texts under one path, such as `skills[*].skill`, are compared with their prompts, whatever their case, white
space and signs are. If there are `min-values` or more, ten different ones, and `min-share` of them are in their
prompts, reports those of which no word is, once for each path, if there are at least `min-invented`, and three different
ones. Values with digits, which may be written in another way, words for a missing value, and keys that name what a text is
about (`topic`, `category`, `summary`) are not compared.

## Why it matters
The model learns to invent what the text does not say, against the instruction that is to prevent it, and nothing that
reads its answers can tell the invented values from the others. The usual cause is a generator that wrote the answer
first and left a part of it out of the text, or a model that added what often goes together.

## Bad
```jsonl vary=30
{"prompt": "List the crew as JSON. Never invent a name.\n\nLog: {w} came on board.", "completion": "{\"crew\": [{\"name\": \"{w}\"}]}"}
```
```jsonl
{"prompt": "List the crew as JSON. Never invent a name.\n\nLog: Ada came on board.", "completion": "{\"crew\": [{\"name\": \"Ada\"}, {\"name\": \"Zoltan\"}]}"}
{"prompt": "List the crew as JSON. Never invent a name.\n\nLog: Bo came on board.", "completion": "{\"crew\": [{\"name\": \"Bo\"}, {\"name\": \"Yusuf\"}]}"}
{"prompt": "List the crew as JSON. Never invent a name.\n\nLog: Cy came on board.", "completion": "{\"crew\": [{\"name\": \"Cy\"}, {\"name\": \"Xaver\"}]}"}
```

## Good
```jsonl vary=30
{"prompt": "List the crew as JSON. Never invent a name.\n\nLog: {w} came on board.", "completion": "{\"crew\": [{\"name\": \"{w}\"}]}"}
```

## What to do
Remove the values from the answers, or write them into the texts.

## Known limits
Prompts that forbid nothing are not looked at: their answers may normalise values, or add what is known. Instructions are
those of English, German, French, Spanish and Chinese. A value of which one word is in the prompt is not reported, and
neither are numbers, dates, and values of rows with pictures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import field
from typing import Any, Final

from datalint.api import Dataset, Hit, Options, Severity, counted, excerpt, frozen, mutable, option, others, rule
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.sampled import Sampled, sampled_texts
from datalint.rules.common.tools.calls import parse

#: What forbids values that are not in the text.
_FORBIDS: Final = lazy_pattern(
    r"(?i)\b(?:never|do(?:n['’]t| not)|must not|without|not to|avoid|no) (?:\w+ ){0,2}(?:invent|hallucinat|mak(?:e|ing) up"
    r"|fabricat|guess)|\bonly (?:extract|use|include|return|list|output) (?:\w+ ){0,4}(?:in|from|stated|mentioned|present|given)\b"
    r"|\b(?:not|isn['’]t|aren['’]t) (?:explicitly )?(?:stated|mentioned|present|found|given|specified|provided)\b[^.\n]{0,60}"
    r"\b(?:null|none|empty|omit|leave)\b|\bexplicitly (?:stated|mentioned)\b|\bverbatim\b"
    r"|erfinde (?:keine?|nichts)|nichts? erfinden|n['’]invente|no (?:inventes|inventar)|(?:不要|不得|禁止|请勿)(?:编造|臆测|猜测|虚构)"
)
#: How an answer in JSON begins, and a fence around it.
_OPENINGS: Final = ("{", "[", "`")
_FENCE: Final = lazy_pattern(r"(?s)```(?:json)?\s*(.*?)\s*```")
#: Keys of what a text is about, which may be said in words of one's own.
_ABOUT: Final = lazy_pattern(
    r"(?i)keyword|topic|tag|categor|theme|concept|summar|descri|reason|sentiment|type|label|title|intent|note|class|priority"
    r"|status|severity|confidence|language|explan|action|kind|level|role|industry|domain|field|normali|canonical|country"
)
#: Words for a value that is missing, or for any other.
_MISSING: Final = lazy_pattern(
    r"(?i)\b(?:n/?a|none|null|nil|not?|unknown|unnamed|unspecified|undefined|missing|other|others|default|general|various|any|self|user)\b"
)
#: Rows that are read, share of those sampled with an answer in JSON, values, lists and objects of one answer that are
#: looked at, and characters of a value.
_MOST: Final = 5_000
_JSON: Final = 0.2
_VALUES: Final = 1_000
_LONGEST: Final = 100
_SHORTEST: Final = 3
#: Letters of a word that make it the same word, whatever its ending, and signs that scanners confuse.
_STEM: Final = 5
_ALIKE: Final = str.maketrans("01589", "olsbg")
#: Different values of a path, so that these are no labels, and different ones that are invented, so that none is a default.
_DIFFERENT: Final = 10
_DIFFERENT_INVENTED: Final = 3
_SHOWN: Final = 3


@mutable
class _Path:
    """Values that are compared, those in their prompts, and the rows and words of those that are invented."""

    values: int = 0
    stand: int = 0
    different: set[str] = field(default_factory=set)
    invented: list[tuple[int, str]] = field(default_factory=list)


@frozen
class InventedValueOptions(Options):
    """When values are invented."""

    min_values: int = option(20, "values under a path that are compared, at least", source="shares of fewer are chance")
    min_share: float = option(
        0.9,
        "share of the values that are in their prompts",
        source="of fewer, the answers are in other words by design",
    )
    min_invented: int = option(3, "values that are invented, at least", source="fewer may be slips")


@rule("QUA051", "invented-value", severity=Severity.WARNING, since="0.1", each="finding")
def invented_value(data: Dataset, options: InventedValueOptions) -> Iterator[Hit]:
    """Yield a hit at the first row with an invented value, for each path."""
    sampled: Sampled = data.once(sampled_texts)
    rows = [row for row, said in zip(sampled.rows, sampled.learned, strict=True) if _opens(said)]
    if not rows or len(rows) < _JSON * len(sampled.rows):
        return
    if not any(_FORBIDS.search(f"{text.system}\n{text.prompt}") for text in data.texts(rows)):
        return
    for path, found in _compare(data).items():
        different = dict.fromkeys(value for _, value in found.invented)
        if (
            len(found.invented) < options.min_invented
            or found.values < options.min_values
            or found.stand < options.min_share * found.values
            or len(found.different) < _DIFFERENT
            or len(different) < _DIFFERENT_INVENTED
        ):
            continue
        first, *more = dict.fromkeys(row for row, _ in found.invented)
        shown = ", ".join(f'"{excerpt(value, 40)}"' for value in [*different][:_SHOWN])
        yield Hit(
            f"{len(found.invented):,} of {counted(found.values, 'value')} under {path}, in {counted(len(more) + 1, 'answer')}, "
            f"have no word of their prompts, which forbid to invent values: {shown}",
            at=first,
            related=others(more),
            key=path,
        )


def _compare(data: Dataset) -> dict[str, _Path]:
    """Return what was compared, by the path of the values."""
    rows = [*range(0, data.size, -(-data.size // _MOST))]
    media = data.examples["has_media"].gather(rows).to_list() if "has_media" in data.examples.columns else []
    found: dict[str, _Path] = {}
    for number, (row, text) in enumerate(zip(rows, data.texts(rows), strict=True)):
        said = text.chosen or text.response
        asked = f"{text.system}\n{text.prompt}"
        if not _opens(said) or (media and media[number]) or _FORBIDS.search(asked) is None:
            continue
        fence = _FENCE.fullmatch(said.strip())
        whole = _bare(asked)
        for path, value in _values(parse(fence[1] if fence else said).value):
            bare = _bare(value)
            if len(bare) < _SHORTEST:
                continue
            seen = found.setdefault(path, _Path())
            seen.values += 1
            seen.different.add(bare)
            if bare in whole:
                seen.stand += 1
            elif _is_invented(value, whole):
                seen.invented.append((row, value))
    return found


def _opens(said: str) -> bool:
    return said.lstrip()[:1] in _OPENINGS


def _values(answer: Any) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each value of an answer that may be words of the prompt."""
    left = [("", answer)]
    for _ in range(_VALUES):
        if not left:
            return
        path, value = left.pop()
        if isinstance(value, dict):
            left += [(f"{path}.{key}" if path else key, value[key]) for key in reversed(value)]
        elif isinstance(value, list):
            left += [(f"{path}[*]", each) for each in reversed(value)]
        elif isinstance(value, str) and len(value) <= _LONGEST and _is_compared(path, value):
            yield path, value


def _is_compared(path: str, value: str) -> bool:
    """Whether a value is words of a text by its key, and no number or word for a missing one."""
    key = path.rpartition(".")[2]
    return not any(map(str.isdigit, value)) and _ABOUT.search(key) is None and _MISSING.search(value) is None


def _is_invented(value: str, whole: str) -> bool:
    """Whether no word of a value is in a text, in any form."""
    words = [word[:_STEM] for word in map(_bare, value.split()) if len(word) >= _SHORTEST]
    return bool(words) and not any(word in whole for word in words)


def _bare(text: str) -> str:
    """Return the letters of a text in lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return "".join(filter(str.isalnum, parts))
