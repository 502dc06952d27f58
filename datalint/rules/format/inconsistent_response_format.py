r"""Nearly all responses have one format, and a few do not.

## What it does

Reports the responses that lack the format of nearly all others. At least `min-share` (95 %) of `min-responses` (50)
last responses must be JSON, or end with one marker of a final answer (`#### `, `\boxed{…}`, `<answer>…</answer>`, "The
answer is"). If there are fewer, but at least `min-json` (20), so many must be valid JSON.

Also reported:
- in any number, responses that begin as JSON but cannot be parsed, if at least half of all can be, or if nearly all of
  their prompts ask for JSON
- long responses among labels
- JSON objects with a key that is spelled in another way than in most ("matched_term", "matched_terms")

Also reported, as one finding each:
- labels that are written in two ways ("C", "ANSWER: C")
- another spelling of the label that responses begin with ("Answer:", "ANSWER:")
- nothing behind the label in the last line ("Label:")
- ten responses or more with a line before the answer ("Okay, here's the script:") although their prompts ask for the
  answer alone
- ten responses or more, and half of all, that are no JSON although their prompts ask for JSON alone
- a key in another case than the prompts list it ("Topic", "topic")

## Why it matters

The guide asks for standardized pairs. A program or grader that parses the responses fails on the exceptions, and the
model learns that the format is optional. In one public set, 560 answers are almost JSON, but are cut off or have an
extra comma.

## Bad

```jsonl vary=60
{"prompt": "Extract: {w}", "completion": "{\"said\": \"{w}\", \"number\": {n}}"}
```
```jsonl
{"prompt": "Extract: A cat sat.", "completion": "{\"said\": \"A cat sat.\", \"number\": 1,}"}
```

## Good

```jsonl vary=60
{"prompt": "Extract: {w}", "completion": "{\"said\": \"{w}\", \"number\": {n}}"}
```

## What to do

Rewrite the responses in the format that the others have or the prompts ask for, or remove the rows.

## Known limits

Tool calls, preferences and plain text are not checked, and neither are rows under another system prompt, none of which
has the format: they are another task. Lists of numbers as NumPy writes them (`[0 2]`) count as JSON. Broken JSON is an
error, which the gate counts, if more than half of the responses are such. At most `most` of the others are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    option,
    passing,
    percent,
    rule,
)
from datalint.api import others as others_of
from datalint.rules.common.frames import picked
from datalint.rules.common.kept_rows import KeptRows, joined_rows
from datalint.rules.common.labels.label_spellings import Labels, joined_labels, labels_of, spelled_twice
from datalint.rules.common.labels.texts_among_labels import texts_among_labels
from datalint.rules.common.responses.announced_answers import (
    Announced,
    announced_of,
    described_announced,
    joined_announced,
)
from datalint.rules.common.responses.answer_marks import MARKS, marked_turns, may_be_marked
from datalint.rules.common.responses.closing_labels import described_unfilled, unfilled_labels, unfilled_of
from datalint.rules.common.responses.demanded_json import (
    Demanded,
    count_asking,
    demanded_of,
    described_demanded,
    joined_demanded,
)
from datalint.rules.common.responses.json_answers import (
    KeySets,
    joined_keys,
    keys_asked_otherwise,
    misspelled_keys,
    read_answers,
)
from datalint.rules.common.responses.opening_labels import Openings, joined_openings, openings_of, rare_openings
from datalint.rules.common.texts.other_tasks import other_tasks
from datalint.rules.common.texts.turns import may_begin_blank

_OPENING: Final = 20
#: Rows without a format that are kept, the first ones: of each marker, and of JSON.
_KEPT: Final = 200
_KEPT_JSON: Final = 1_000
_JSON: Final = "JSON"
#: The share of responses that must be JSON for those that only begin like it to be broken, and not another notation.
_PARSED: Final = 0.5
_LABEL_CHARS: Final = 40


class Deviating(NamedTuple):
    """A row without a format, the path of its response, and what is wrong; empty if it has nothing of the format."""

    at: int
    path: str
    reason: str = ""


class Formats(NamedTuple):
    """Examples; responses; for each format how many have it, and the first that do not.

    ``broken`` is all invalid JSON: a limit would become the gate's share. ``begun`` counts those that begin like JSON,
    and ``asked`` the invalid ones whose prompt asks for it. ``labels`` are the short responses, ``keys`` those of JSON
    objects, ``openings`` the labels that responses begin with, ``unfilled`` those that end with a label, ``announced``
    those that announce themselves, and ``demanded`` those that are no JSON though it is asked for.
    """

    rows: int
    responses: int
    begun: int
    asked: int
    having: dict[str, int]
    others: dict[str, list[Deviating]]
    broken: list[Deviating]
    labels: Labels
    keys: KeySets
    openings: Openings
    unfilled: KeptRows
    announced: Announced
    demanded: Demanded


@frozen
class ResponseFormatOptions(Options):
    """When a format is that of the dataset."""

    min_share: float = option(
        0.95, "share of responses from which their format is the dataset's", source="mixed sets stay far below it"
    )
    min_responses: int = option(
        50, "responses below which only those are reported that are not JSON", source="shares of fewer are chance"
    )
    min_json: int = option(20, "responses below which nothing is reported", source="one is a twentieth of them")
    most: int = option(1_000, "rows without the format that are reported", source="enough to see what is wrong")


@rule("FMT607", "inconsistent-response-format", severity=Severity.WARNING, since="0.1")
def inconsistent_response_format(data: Dataset, options: ResponseFormatOptions) -> Iterator[Hit]:
    """Yield a hit at each of the few rows without the format of the others."""
    found: Formats | None = data.measured
    if found is None:
        return
    said = described_demanded(found.demanded, found.responses)
    if said and found.demanded.first is not None and data.kind == "sft":
        at, path, _ = found.demanded.first
        yield Hit(said, at=at, path=path, key="demanded")
    few = found.responses < options.min_responses
    if few and found.responses < options.min_json:
        return
    if not few:
        yield from _of_spellings(data, found, options)
    for name, count in found.having.items():
        share = count / found.responses
        if few and (name != _JSON or share < options.min_share):
            continue
        asked = name == _JSON and found.asked > 0 and found.asked >= options.min_share * (found.begun - count)
        meant = found.begun / found.responses if name == _JSON and (share >= _PARSED or asked) else share
        if meant >= options.min_share and share < 1:
            without = found.others[name][: options.most]
            deviating = sorted([*found.broken, *without]) if name == _JSON else without
            yield from _of_format(data, name, share, deviating)
            return
    yield from texts_among_labels(
        data, min_share=options.min_share, min_responses=options.min_responses, most=options.most
    )


def _of_format(data: Dataset, name: str, share: float, deviating: list[Deviating]) -> Iterator[Hit]:
    """Yield a hit for each of the ``deviating`` rows, which lack a format that a ``share`` has."""
    usual = share >= _PARSED
    others = other_tasks(data, [each.at for each in deviating]) if usual else set()
    others_do = f"unlike {percent(share)} of the responses" if usual else "which the prompts ask for"
    lacks = "not JSON" if name == _JSON else f'no "{name}"'
    # Where most are broken, that is what is learned.
    severity = None if usual else Severity.ERROR
    for each in [each for each in deviating if each.at not in others]:
        said = f"not quite JSON, {others_do}: {each.reason}" if each.reason else f"{lacks}, {others_do}"
        yield Hit(said, at=each.at, path=each.path, severity=severity)


def _of_spellings(data: Dataset, found: Formats, options: ResponseFormatOptions) -> Iterator[Hit]:
    """Yield hits for labels and keys that are written in two ways, and for labels with nothing behind them."""
    if (spelled := spelled_twice(found.labels, found.responses)) is not None:
        rare, usual = (excerpt(text, _LABEL_CHARS) for text in (spelled.rare, spelled.usual))
        said = f'labels in two ways: {counted(spelled.rare_count, "response")} as "{rare}", {spelled.usual_count:,} as "{usual}"'
        yield Hit(said, at=spelled.at, path=spelled.path)
    for opening in islice(rare_openings(found.openings, found.responses, options.min_share), options.most):
        label, common = excerpt(opening.label, _LABEL_CHARS), excerpt(opening.usual, _LABEL_CHARS)
        begun = f'{counted(opening.found.many, "response")} with "{label}" at the beginning'
        yield Hit(
            f'{begun}, {opening.many:,} with "{common}"', at=opening.found.at, path=opening.found.path, key="label"
        )
    for unfilled in unfilled_labels(data, found.unfilled, found.responses):
        first, *more = unfilled
        related = others_of([each.at for each in more])
        said = described_unfilled(unfilled, found.responses)
        yield Hit(said, at=first.at, path=first.path, related=related, key="no value")
    for odd in islice(misspelled_keys(found.keys), options.most):
        key, usual = (excerpt(each, _LABEL_CHARS) for each in (odd.key, odd.usual))
        yield Hit(f'the key "{key}", which {odd.rows:,} responses spell "{usual}"', at=odd.at, path=odd.path)
    for odd in keys_asked_otherwise(data, found.keys):
        key, usual = (excerpt(each, _LABEL_CHARS) for each in (odd.key, odd.usual))
        said = f'the key "{key}" of {counted(odd.rows, "response")}, which the prompts write "{usual}"'
        yield Hit(said, at=odd.at, path=odd.path, key="asked")
    if (said := described_announced(found.announced, found.responses)) and found.announced.first is not None:
        at, path, _ = found.announced.first
        yield Hit(said, at=at, path=path, key="announced")


@inconsistent_response_format.measure
def measure(chunk: Chunk, options: ResponseFormatOptions) -> Formats:
    """Count the formats of the last responses of a chunk."""
    text = pl.col("text")
    turns = chunk.turns
    said = turns["is_response"] & (turns["side"] == "") & (turns["role"] != "text") & ~turns["has_tool_calls"]
    may_be_data = text.str.starts_with("{") | text.str.starts_with("[") | may_begin_blank(text)
    data = passing(may_be_data, text, _is_data)
    turns = picked(turns, said & turns["is_last"] & (turns["chars"] > 0), "example", "path", "text")
    turns = turns.with_columns(data.alias("data"), may_be_marked(text).alias("marked"))
    # Each query has a fixed cost for every chunk: one for all marks, none where no response may have any.
    is_data, is_marked = (turns[name].to_numpy() for name in ("data", "marked"))
    errors, keys = read_answers(turns[np.flatnonzero(is_data)])
    broken = [Deviating(at, path, excerpt(error, 80)) for at, path, error in errors]
    asked = count_asking(chunk.examples, [each.at for each in broken])
    having = {_JSON: int(is_data.sum()) - len(broken)}
    others = {_JSON: _first(turns, ~is_data)}
    marks = marked_turns(turns, is_marked) if is_marked.any() else {}
    # One list for all formats that no response has: most have none.
    unmarked = _first(turns, ~is_marked)
    for name in MARKS:
        has = marks.get(name)
        having[name] = 0 if has is None else int(has.sum())
        others[name] = unmarked if has is None else _first(turns, ~has)
    read = chunk.examples.height, turns.height, int(is_data.sum()), asked
    labels = labels_of(turns, chunk.examples["roles"])
    more = openings_of(turns), unfilled_of(turns), announced_of(turns, chunk), demanded_of(turns, chunk)
    return Formats(*read, having, others, broken, labels, keys, *more)


def _is_data(text: pl.Expr) -> pl.Expr:
    return text.str.head(_OPENING).str.strip_chars_start().str.head(1).is_in(["{", "["])


def _first(turns: pl.DataFrame, wanted: npt.NDArray[np.bool_]) -> list[Deviating]:
    """Return the examples and paths of the first ``wanted`` turns."""
    some = turns[np.flatnonzero(wanted)[:_KEPT]]
    return [*map(Deviating, some["example"], some["path"])]


@inconsistent_response_format.merge
def merge(one: Formats, other: Formats) -> Formats:
    """Add up; rows of ``other`` come after those of ``one``."""
    having = {name: count + other.having[name] for name, count in one.having.items()}
    others = {}
    for name, mine in one.others.items():
        more = islice(other.others[name], (_KEPT_JSON if name == _JSON else _KEPT) - len(mine))
        others[name] = [*mine, *(each._replace(at=each.at + one.rows) for each in more)]
    broken = [*one.broken, *(each._replace(at=each.at + one.rows) for each in other.broken)]
    rows, responses = one.rows + other.rows, one.responses + other.responses
    labels, keys = joined_labels(one.labels, other.labels, one.rows), joined_keys(one.keys, other.keys, one.rows)
    openings = joined_openings(one.openings, other.openings, one.rows)
    begun, asked = one.begun + other.begun, one.asked + other.asked
    unfilled = joined_rows(one.unfilled, other.unfilled, one.rows)
    announced = joined_announced(one.announced, other.announced, one.rows)
    demanded = joined_demanded(one.demanded, other.demanded, one.rows)
    marked = openings, unfilled, announced, demanded
    return Formats(rows, responses, begun, asked, having, others, broken, labels, keys, *marked)
