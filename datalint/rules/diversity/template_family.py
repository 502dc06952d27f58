"""Many prompts are one template filled with different numbers or names.

## What it does
Masks numbers, capitalised names and words in double quotation marks in each prompt, and groups the different prompts
that are then equal. Reports each group with at least `min-rows` (10) rows and more than `max-share` (20 %) of all rows,
with two of its prompts. Without prompts, it masks the texts.

Also reported:
- all groups with at least 1 % of the rows, if together they exceed the profile's limit (`template-family-share`)
- groups whose responses are equal after masking too, if they exceed the profile's limit (`template-copy-share`)
- texts with labelled spans that are equal after their spans are masked
- as one finding, responses that are one frame around words of their prompt ("A description for 'Dune'."), in 95 % of
  the examples

Groups of similar templates are one finding: forms with the same fields ("Sex: male | Age: 22"), and prompts that begin
alike. More than five groups are one finding too.

Not grouped:
- prompts of an evaluation set: a benchmark asks one thing about many numbers or names by design
- copies of a prompt, which count once

## Why it matters
A thousand rows of "What is the capital of X?" are one type of example repeated, the guide's Bad column for
diversity: the model learns the template, and the score on a random split measures how well it does. Ten such
templates are ten examples, however many rows are made of them.

## Bad
```jsonl vary=30
{"prompt": "Convert {n} miles to kilometres.", "completion": "Multiply {n} by 1.609."}
```
## Good
```jsonl vary=30
{"prompt": "{w}", "completion": "Answer {n}: {w}"}
```
## What to do
Vary the wording of the questions and cover other tasks, unless the template is the task. If it is, as where rows of a
table were written as texts, keep it and ignore this rule. Fill in the fields of a form that the finding calls empty, or
leave them out.
## Known limits
Prompts form a family only if they are equal word for word except for numbers and names. In scripts without capital
letters, names are not masked. Prompts of capitalised words and amounts alone, such as titles ("Product name: Hand Cream
50ml"), form no family if their responses differ or are one for several prompts, as for an intent. Neither do prompts
without letters, and sequences of nucleotides or amino acids. At most 2,000 texts with spans are compared. The rule uses
16 rows of each group to estimate whether the responses repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import (
    Dataset,
    Family,
    Hit,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    listed,
    option,
    others,
    percent,
    rule,
)
from datalint.rules.common.common_prefix import common_prefix
from datalint.rules.common.responses.answer_frames import answer_frame
from datalint.rules.common.spans.span_templates import span_templates

#: The most families over the share of one that are reported, and the most groups that are findings of their own.
_MOST: Final = 5
#: Share of a family's responses that repeat, from which the message says so.
_MOSTLY: Final = 0.5
#: Characters of a prompt that are shown, and those of them before the first difference.
_SHOWN: Final = 60
_BEFORE: Final = 20
#: A line of fields with bars between them, and one field with its name and its value.
_FORM: Final = r"(?m)^[^|:\n]{1,40}:[^|\n]*(?: \|[^|:\n]{1,40}:[^|\n]*){1,40}$"
_FIELD: Final = r"([^|:]{1,40}):([^|]*)"
#: A field in a line of its own, the characters of its value, and such fields of a form at least.
_LINE: Final = r"(?m)^[ \t]*([^\W\d_][^:：\n]{0,39})[:：](?:[ \t]+([^\n]*))?$"
_VALUE: Final = 60
_FIELDS: Final = 4
#: Characters that prompts of several templates have in common at their beginning, if they are one.
_BEGINNING: Final = 20
#: Empty fields that are named.
_NAMED: Final = 3
#: Characters of a response that is no label, and rows to each different one from which on these are few.
_SAID: Final = 40
_ROWS_PER_RESPONSE: Final = 20


@frozen
class TemplateFamilyOptions(Options):
    """When a family is large."""

    max_share: float = option(
        0.2,
        "share of rows that one family may contain",
        source="none of 51 public sets is over 4 %; the gate warns at half",
    )
    min_rows: int = option(10, "rows from which a family is reported", source="small sets repeat by chance")


@rule("DIV007", "template-family", severity=Severity.WARNING, since="0.1", needs={"families"}, each="group")
def template_family(data: Dataset, options: TemplateFamilyOptions) -> Iterator[Hit]:
    """Yield a hit at the first row of each large family, the largest first."""
    is_benchmark = data.kind == "evaluation"
    shown = [] if is_benchmark else _reported(data, options)
    pairs = [row for family in shown for row in (family.rows[0], _unlike(data, family))]
    read = [text.prompt or text.response for text in (data.texts(pairs) if pairs else [])]
    forms: dict[tuple[str, ...], list[int]] = {}
    for number, text in enumerate(read[::2]):
        forms.setdefault(_form(text) or (str(number),), []).append(number)
    groups = _alike(list(forms.values()), read)
    if len(groups) > _MOST:
        yield _of_many(shown, read, data.size)
        groups = []
    for numbers, begin in groups:
        families = [shown[number] for number in numbers]
        rows = [row for family in families for row in family.rows]
        first = numbers[0]
        share = percent(len(rows) / data.size)
        limit = f", limit {percent(options.max_share)}" if _is_large(rows, data, options) else ""
        too = (
            ", and so do their responses" if not begin and all(family.repeated > _MOSTLY for family in families) else ""
        )
        differ = "differ in numbers or names only" if len(families) == 1 else "are the same form with other values"
        if begin:
            differ = f"of {counted(len(families), 'template')} have the same first {begin} characters"
        # Of joined templates, two are shown, and of one, two of its texts.
        other = read[2 * numbers[1]] if begin else read[2 * first + 1]
        yield Hit(
            f"{len(rows):,} rows ({share}{limit}) {differ}{too or _few_responses(data, rows)}"
            f"{_empty(families, read[::2], numbers)}: {_shown(read[2 * first], other)}",
            at=rows[0],
            related=others(rows[1:]),
        )
    if not (shown or is_benchmark):
        yield from _of_spans(data, options)
    frame = answer_frame(data)
    if frame is not None:
        said = f"{len(frame.rows):,} of {counted(frame.read, 'response')}"
        yield Hit(
            f'{said} are one frame around words of their own prompt, as placeholders are: "{excerpt(frame.first, _SHOWN)}"',
            at=frame.rows[0],
            related=others(frame.rows[1:]),
            key="frame",
        )


def _few_responses(data: Dataset, rows: list[int]) -> str:
    """Return in words how many different responses rows have, if these are few and no labels."""
    responses = data.examples.select("response_hash", "response_chars")[rows]
    count = responses["response_hash"].n_unique()
    shortest = responses["response_chars"].min()
    if not isinstance(shortest, int) or shortest < _SAID or count * _ROWS_PER_RESPONSE > len(rows):
        return ""
    return f", with {counted(count, 'different response')}"


def _of_many(families: Sequence[Family], texts: Sequence[str], size: int) -> Hit:
    """Return the hit about many templates, which shows two texts of the largest one; ``texts`` are two of each."""
    rows = [row for family in families for row in family.rows]
    largest = max(range(len(families)), key=lambda number: len(families[number].rows))
    too = ", and so do their responses" if all(family.repeated > _MOSTLY for family in families) else ""
    return Hit(
        f"{len(rows):,} rows ({percent(len(rows) / size)}) are of {counted(len(families), 'template')}, and differ in "
        f"numbers or names only{too}; the largest has {counted(len(families[largest].rows), 'row')}: "
        f"{_shown(*texts[2 * largest : 2 * largest + 2])}",
        at=families[largest].rows[0],
        related=others([row for row in rows if row != families[largest].rows[0]]),
        key="many",
    )


def _alike(groups: Sequence[list[int]], texts: Sequence[str]) -> list[tuple[list[int], int]]:
    """Return the groups of families, joined if their texts begin alike, and the characters that joined ones share.

    ``texts`` are two of each family.
    """
    found: list[tuple[list[int], str, bool]] = []
    for group in groups:
        own = [text for number in group for text in texts[2 * number : 2 * number + 2]]
        for place, (numbers, begin, _) in enumerate(found):
            same = _shared([begin, *own])
            if len(same) >= max(_BEGINNING, min(map(len, own)) / 2):
                found[place] = ([*numbers, *group], same, True)
                break
        else:
            found.append((group, _shared(own), False))
    return [(numbers, len(begin) if joined else 0) for numbers, begin, joined in found]


def _shared(texts: Sequence[str]) -> str:
    """Return what all texts begin with: what the first and the last in order do."""
    first, last = min(texts), max(texts)
    return first[: common_prefix(first, last)]


def _of_spans(data: Dataset, options: TemplateFamilyOptions) -> Iterator[Hit]:
    """Yield a hit if most texts are templates that the labelled spans are the fields of."""
    found = span_templates(data)
    rows = found.rows
    if not rows or not (
        _over(_limits(data, "template-family-share"), len(rows), found.read)
        or len(found.families[0]) > options.max_share * found.read
    ):
        return
    first, second = data.texts(found.families[0][:2])
    templates = counted(len(found.families), "template")
    yield Hit(
        f"{len(rows):,} of {found.read:,} texts ({percent(len(rows) / found.read)}) differ from others in labelled spans "
        f"only ({templates}): {_shown(first.prompt, second.prompt)}",
        at=found.families[0][0],
        related=others([row for row in rows if row != found.families[0][0]]),
    )


def _over(limits: Sequence[float], rows: float, size: int) -> bool:
    return bool(limits) and rows > min(limits) * size


def _form(prompt: str) -> tuple[str, ...]:
    """Return the names of the fields of a prompt that is a form, in one line or in several; none of another prompt."""
    fields = _fields(prompt)
    if not fields:
        fields = [(name.strip(), value.strip()) for name, value in re.findall(_LINE, prompt)]
        if sum(0 < len(value) <= _VALUE for _, value in fields) < _FIELDS:
            return ()
    return tuple(name for name, _ in fields)


def _fields(prompt: str) -> list[tuple[str, str]]:
    """Return the fields and values of a prompt that is a form; none of another prompt."""
    found = re.search(_FORM, prompt)
    return [(name.strip(), value.strip()) for name, value in re.findall(_FIELD, found.group())] if found else []


def _empty(families: Sequence[Family], texts: Sequence[str], numbers: Sequence[int]) -> str:
    """Return in words which fields of a form have no value, and in how many rows."""
    counts: dict[str, int] = {}
    for family, number in zip(families, numbers, strict=True):
        # A field that is empty in one prompt of a family is so in all, because only numbers and names are masked.
        for name, value in _fields(texts[number]):
            if not value:
                counts[name] = counts.get(name, 0) + len(family.rows)
    names = (f'"{excerpt(name, 40)}" is empty in {count:,}' for name, count in counts.items())
    return f"; {listed(names, len(counts), _NAMED)}" if counts else ""


def _reported(data: Dataset, options: TemplateFamilyOptions) -> list[Family]:
    """Return the large families; if all common ones together are over one of the profile's limits, these too.

    One limit is that of rows, the other that of rows whose responses are equal after masking as well.
    """
    common = [family for family in data.families if family.is_common(data.size)]
    large = [family for family in data.families[:_MOST] if _is_large(family.rows, data, options)]
    if _over(_limits(data, "template-family-share"), sum(len(family.rows) for family in common), data.size):
        return common
    copies = sum(family.repeated * len(family.rows) for family in common)
    if not _over(_limits(data, "template-copy-share"), copies, int((data.examples["shape"] != "unknown").sum())):
        return large
    return [family for family in common if family.repeated > 0 or family in large]


def _limits(data: Dataset, gate: str) -> list[float]:
    return [limit for limit in data.limits.get(gate, ()) if limit is not None]


def _is_large(rows: Sequence[int], data: Dataset, options: TemplateFamilyOptions) -> bool:
    return len(rows) > max(options.max_share * data.size, options.min_rows - 1)


def _unlike(data: Dataset, family: Family) -> int:
    """Return the family's first row with another prompt than its first one."""
    prompts = data.examples["templated"]
    first = prompts[family.rows[0]]
    return next((row for row in family.rows if prompts[row] != first), family.rows[-1])


def _shown(one: str, other: str) -> str:
    """Return two texts of one template, from shortly before the place where they begin to differ."""
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = same - _BEFORE if same > _SHOWN // 2 else 0
    # At a word, where one begins before the difference.
    start = max(one.find(" ", start, same) + 1, start) if start else 0
    mark = "…" if start else ""
    return ", ".join(f'"{mark}{excerpt(text, _SHOWN, start=start)}"' for text in (one, other))
