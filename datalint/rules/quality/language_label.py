"""A key names the language of each row, and some rows are in another one.

## What it does
Looks for a key such as `language`, `lang` or `locale` with the codes or English names of languages (`de`, `pt-BR`,
`German`). Rows whose prompt and response have no function word of their language are identified by script and by the
model of [py3langid](https://github.com/adbar/py3langid). If `least` rows or more are certainly in another language, one
note says how many, and shows one of them.

## Why it matters
Who trains on one language, or samples by language, gets rows of another one, and a classifier of languages learns
wrong labels. The usual cause is a crawl that took the language from the page, or a translation that failed.

## Bad
```jsonl vary=20
{"text": "What is said about this in the letter of the third week? {w}", "label": "news", "language": "en"}
```
```jsonl
{"text": "Wie lange kann ich die Schuhe nach dem Kauf noch umtauschen, wenn ich den Beleg nicht mehr habe?", "label": "shop", "language": "en"}
{"text": "Bis wann kann ich die Jacke noch umtauschen, wenn ich den Beleg nach dem Kauf nicht mehr finde?", "label": "shop", "language": "en"}
{"text": "Wo ist der Beleg, wenn ich die Mütze nach dem Kauf noch umtauschen möchte und ihn nicht mehr habe?", "label": "shop", "language": "en"}
```

## Good
```jsonl vary=20
{"text": "What is said about this in the letter of the third week? {w}", "label": "news", "language": "en"}
```
```jsonl
{"text": "Wie lange kann ich die Schuhe nach dem Kauf noch umtauschen, wenn ich den Beleg nicht mehr habe?", "label": "shop", "language": "de"}
```

## What to do
Correct the language of these rows, or remove them.

## Known limits
Rows of which the prompt or the response is in the language are not reported, and neither are those whose text names the
language, such as an explanation of a Japanese word in English, or whose keys are not understood. If more than
`max-share` of the rows are in another one, the key says something else, such as the language to translate into. Similar
languages (Danish and Norwegian, Croatian and Serbian) count as one, and at most the first `most` rows are identified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import Chunk, Dataset, Hit, Options, Severity, excerpt, frozen, option, others, rule
from datalint.rules.common.duplicates.numbers import UNKNOWN
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.language import LEAST, has_words_of, identified, language_code, same_language, says

#: Names of such keys.
_NAME: Final = lazy_pattern(
    r"(?i)(?:text|source|content|detected)?[_ -]?lang(?:uage)?(?:[_ -]?(?:code|id|name|tag))?|locale|sprache|idioma|langue|lingua"
)
_LONGEST: Final = 20

#: Examples; for each key its rows that are compared, and the suspicious ones with the code of their language.
Suspects = tuple[int, dict[str, tuple[int, list[tuple[int, str]]]]]


@frozen
class LanguageLabelOptions(Options):
    """What is compared."""

    min_letters: int = option(40, "letters from which a text is compared", source="py3langid errs on shorter ones")
    least: int = option(3, "rows in another language", source="fewer may be a quotation or a list of names")
    max_share: float = option(0.5, "share of such rows that are a defect", source="more are what the key is for")
    most: int = option(500, "suspicious rows that are identified", source="a row takes about two milliseconds")


@rule("QUA049", "language-label", severity=Severity.INFO, since="0.1", gated=False)
def language_label(data: Dataset, options: LanguageLabelOptions) -> Iterator[Hit]:
    """Yield one hit for each key, at the first row that is certainly in another language."""
    if data.measured is None:
        return
    for key, (compared, suspects) in sorted(data.measured[1].items()):
        codes = dict(suspects[: options.most])
        if len(suspects) < options.least:
            continue
        wrong: dict[int, str] = {}
        for row, asked, answered in identified(data, list(codes), options.min_letters):
            known = [each for each in (asked, answered) if each is not None]
            if known and all(each.is_certain and not same_language(each.code, codes[row]) for each in known):
                wrong[row] = known[-1].name
        # As many of the suspicious rows that are not identified are expected to be wrong as of those that are.
        expected = len(wrong) * len(suspects) / max(len(codes), 1)
        if len(wrong) < options.least or expected > options.max_share * compared:
            continue
        wrong = {row: name for row, name in wrong.items() if not _is_about(data, row, codes[row])}
        if len(wrong) < options.least:
            continue
        first, *more = wrong
        yield Hit(
            f"{'at least ' if len(suspects) > options.most else ''}{len(wrong):,} of {compared:,} rows are not in the "
            f'language under "{excerpt(key, 30)}": this one is {wrong[first]}, not {says(codes[first])}',
            at=first,
            related=others(more),
            key=key,
        )


def _is_about(data: Dataset, row: int, code: str) -> bool:
    """Whether a text names the language of its row, about which it says something in another one."""
    names = re.findall(r"[A-Z]\w+", says(code))
    return any(name in text for both in data.texts([row]) for text in (both.prompt, both.response) for name in names)


@language_label.measure
def find_suspects(chunk: Chunk, options: LanguageLabelOptions) -> Suspects:
    """Return the rows of a chunk that have no function word of the language that a key names."""
    found: dict[str, tuple[int, list[tuple[int, str]]]] = {}
    for group in chunk.structure.groups:
        for key in group.keys:
            if len(key) <= _LONGEST and _NAME.fullmatch(key):
                compared, suspects = _compare(chunk, group.rows, group.column(key))
                before = found.get(key, (0, []))
                found[key] = before[0] + compared, sorted([*before[1], *suspects])
    return chunk.examples.height, found


def _compare(chunk: Chunk, rows: Sequence[int], values: Sequence[object]) -> tuple[int, list[tuple[int, str]]]:
    prompts, responses = chunk.examples["prompt"], chunk.examples["response"]
    shapes = chunk.examples["shape"]
    compared, suspects = 0, []
    for row, value in zip(rows, values, strict=True):
        code = language_code(value) if isinstance(value, str) and shapes[row] != UNKNOWN else ""
        texts = [text for text in (prompts[row], responses[row]) if len(text) >= LEAST] if code else []
        compared += bool(texts)
        if texts and not any(has_words_of(code, text) for text in texts):
            suspects.append((row, code))
    return compared, suspects


@language_label.merge
def join_suspects(one: Suspects, other: Suspects) -> Suspects:
    """Add up; rows of ``other`` come after those of ``one``."""
    found = dict(one[1])
    for key, (compared, suspects) in other[1].items():
        before = found.get(key, (0, []))
        found[key] = before[0] + compared, [*before[1], *((row + one[0], code) for row, code in suspects)]
    return one[0] + other[0], found
