"""A row has the same texts as an earlier one.

## What it does
Reports each row that trains the model on the same texts as an earlier row: they are equal after Unicode NFKC
normalisation, lower-casing and collapsing white space. The message names the keys that differ, or the lines of a part
of the file that was written twice.

Also equal are:
- responses that are JSON, whatever the order of their keys and their white space
- two texts in the other order, where the response says how alike they are, but not for an entailment
- rows that differ in ids and other metadata, or in texts that are not read and on which answers do not depend
  (`leaked-example`)
- next to a response of 100 characters or more, rows that differ in objects of unknown use, such as `typing`

Not equal are:
- rows with other roles, reasoning, tools, media, loss weights or preference labels
- code, commands and formulas whose case or quoted strings differ, or the paths and variables of their prompts

## Why it matters
An exact comparison does not find such rows, because of a trailing space, a full-width comma or a different `id`. To
the model, they are copies, and they inflate the number of examples.

## Bad
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"prompt": "name  a primary colour. ", "completion": "Red is one of the three primary colours."}
```
## Good
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"prompt": "Which metal is liquid at room temperature?", "completion": "Mercury."}
```
## What to do
Delete the later row: `datalint dedupe DATA --output FILE`. If the examples teach case or white space, ignore this rule.
Texts that are edited ("Dear ann" to "Dear Ann") are not reported if only one of their sides differs: that is learned.
## Known limits
Not reported, as they are different examples:
- the same texts with another system prompt; a note counts them from one row in twenty on
- texts with another `entity`, `aspect` or `keyword`, and questions about another database (`db_id`)
- answers of another `model`, `pipeline` or run (`seed`) next to a right answer
- plain or tagged texts of up to three words, such as headings, unless they are more than half of the rows
- rows with an empty prompt (`empty-prompt`) or without a response where others have one (`empty-response`)
- texts in the other order where `--columns` maps them

Notes, which no fix changes:
- what is a note for `exact-duplicate`: brief texts, ratings, versions of one set and rows of unknown shape
- labelled and plain texts of up to 40 characters in other case or with other marks, from 1 % of the rows on
- rows that differ in a label of few values that is not read (`sentiment`), or in who judged them (`annotator`)
- results of an experiment: each prompt has one row for each value of a key (`level`, `model`)
- rows about another place in one text (`start_index`)
- prompts of an evaluation set with other ids and no answers
- contrastive rows with another negative, unless they are more than half of the rows

Rows that differ in a key on which answers depend are one finding without a fix (`conflicting-response`). Code that
differs only in white space outside quotes is reported, even if that changes its meaning.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Final

import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Fix,
    Group,
    Hit,
    Options,
    Severity,
    excerpt,
    frozen,
    listed,
    option,
    rule,
)
from datalint.rules.common.duplicates.brief import brief_copies, without_brief
from datalint.rules.common.duplicates.class_files import without_class_files
from datalint.rules.common.duplicates.differing_keys import inner_key, keys_beyond_form
from datalint.rules.common.duplicates.edited_texts import are_edited_otherwise
from datalint.rules.common.duplicates.exchanged_texts import ORDER
from datalint.rules.common.duplicates.formulas import formula_copies, without_formulas
from datalint.rules.common.duplicates.grids import varied_keys
from datalint.rules.common.duplicates.kept_copies import (
    MOST_KEYS,
    kept_together,
    of_conflicting_keys,
    of_kept,
    of_other_values,
)
from datalint.rules.common.duplicates.numbers import unknown_copies, without_chance, without_headings, without_unknown
from datalint.rules.common.duplicates.passages import Origins
from datalint.rules.common.duplicates.ratings import rating_copies, without_ratings
from datalint.rules.common.duplicates.spellings import spelling_copies, without_spellings
from datalint.rules.common.duplicates.unanswered_copies import without_unanswered
from datalint.rules.common.duplicates.versions import version_copies, without_versions
from datalint.rules.common.frames import Frames, joined_frames
from datalint.rules.common.pairs.contrastive_pairs import find_pairs, repeated_pairs
from datalint.rules.common.spans.offsets import are_other_places
from datalint.rules.common.spans.token_keys import EXTRA, LAYERS

#: Characters of a name.
_NAME: Final = 60
#: The name of the first column of a table if the header has none for it, as where pandas wrote the number of the row.
_FIRST = "column-1"
_TABLES = ("csv", "tsv", "xlsx")
#: Containers of tagged text.
_TAGGED: Final = ("conll", "conll-numbered", "conll-u")
#: Stands for a key of which the same words are in another place.
_PLACES: Final = ""
#: Stands for the texts where these are edited in another way.
_EDITED: Final = {"": "edited"}
#: Characters of an answer that is hardly given twice by chance; rows, and the share of all, whose system prompt alone
#: differs from another's.
_LONG: Final = 50
_LEAST_ROWS: Final = 3
_LEAST_SHARE: Final = 0.05
#: What differs where the texts do.
_FORM = "case, white space or Unicode form"
_JSON = "how their JSON is written (white space, order of keys)"


@frozen
class NormalizedDuplicateOptions(Options):
    """How much is shown."""

    differences: int = option(
        2_000, "rows for which the differing keys are shown", source="each needs its record read again"
    )
    unknown_shape: bool = option(
        False,
        "whether each such row of unknown shape is reported and removed",
        source="votes of several people on one text are equal by design",
    )


@rule(
    "DIV002",
    "normalized-duplicate",
    severity=Severity.WARNING,
    since="0.1",
    needs={"conflicts"},
    fix=Fix.copies(safe=False),
)
def normalized_duplicate(data: Dataset, options: NormalizedDuplicateOptions) -> Iterator[Hit]:
    """Yield a hit at every row that repeats its group's anchor."""
    files, prompts, responses = (data.examples[name] for name in ("file", "prompt_hash", "response_hash"))
    alone = (data.examples["shape"] == "prompt-only") | (data.examples["shape"] == "batch-requests")
    containers = [facts.container for facts in data.files]
    differing, along = _differences(data, options.differences)
    telling = {_series(group.key) for group in data.conflicts if group.key}
    varied = varied_keys(data, [keys for keys in differing.values() if keys is not _EDITED])
    by_key: dict[str, list[int]] = {}
    tried: list[int] = []
    elsewhere: list[int] = []
    asked: list[int] = []
    groups = yield from _of_other_causes(data, options)
    origins = Origins(data, groups, "normalized")
    for group in groups:
        anchor = group.rows[0]
        for copy in group.rows[1:]:
            keys = differing.get(copy)
            if prompts[copy] != prompts[anchor]:
                yield Hit(f"same as {origins.of(copy)} except for {ORDER}", at=copy, related=((anchor, 1.0),))
                continue
            if keys is _EDITED:
                continue
            if keys and set(keys.values()) == {_PLACES}:
                elsewhere.append(copy)
                continue
            if keys and alone[copy] and data.kind == "evaluation":
                asked.append(copy)
                continue
            if keys and any(each in keys for each in varied):
                tried.append(copy)
                continue
            key = next((each for each in sorted(keys) if _series(each) in telling), None) if keys else None
            if key is not None:
                by_key.setdefault(key, []).append(copy)
                continue
            what = f"other keys, {_FORM}" if keys is None else _named(keys, containers[files[anchor]])
            if not keys and responses[copy] != responses[anchor]:
                what = _JSON
            if copy in along:
                what += f", and for {_named(along[copy], containers[files[anchor]])}"
            comma = "," if origins.in_order(copy) else ""
            yield Hit(f"same as {origins.of(copy)}{comma} except for {what}", at=copy, related=((anchor, 1.0),))
    yield from of_kept(elsewhere, asked, tried, varied)
    yield from of_conflicting_keys(by_key)
    yield from of_other_values(data)


def _of_other_causes(data: Dataset, options: NormalizedDuplicateOptions) -> Generator[Hit, None, Sequence[Group]]:
    """Yield hits for copies with a cause of their own, such as versions of one text, and return the other groups."""
    found, versions = without_versions(
        data, without_headings(data, without_unanswered(data, without_chance(data, data.normalized)))
    )
    yield from version_copies(versions, f" except for other keys or {_FORM}")
    found, ratings = without_ratings(data, without_class_files(data, found)[0])
    yield from rating_copies(data, ratings, f"another one except for other keys or {_FORM}")
    if not options.unknown_shape:
        found, unread = without_unknown(data, found)
        yield from unknown_copies(
            data,
            unread,
            (
                "is the same as an earlier one except for other keys, case or white space",
                "are the same as an earlier one except for other keys, case or white space",
            ),
        )
    groups, formulas = without_formulas(data, found)
    yield from formula_copies(data, formulas, f" except for other keys or {_FORM}")
    groups, brief = without_brief(data, groups, 1)
    yield from brief_copies(data, brief, f" except for other keys or {_FORM}")
    groups, spelled = without_spellings(data, groups)
    yield from spelling_copies(data, spelled)
    yield from repeated_pairs(data, (*data.exact, *data.normalized))
    yield from _under_other_systems(data)
    return groups


def _series(key: str) -> str:
    """Return a name without numbers: if answers differ with ``edit2``, they do with ``edit1``."""
    return "".join(char for char in key if not char.isdecimal())


def _under_other_systems(data: Dataset) -> Iterator[Hit]:
    """Yield a note on the rows that have the prompt and the answer of another one under another system prompt."""
    if data.examples["system_hash"].n_unique() < 2:
        return
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    asked = (pl.col("prompt_chars") > 0) & (pl.col("response_chars") >= _LONG) & ~pl.col("is_preference")
    said = ["prompt_hash", "response_hash", "identity"]
    rows = data.examples.select(*said, "system_hash", index, asked.alias("asked")).filter("asked")
    found = rows.unique([*said, "system_hash"], keep="first", maintain_order=True)
    copies = found.filter(~pl.struct(said).is_first_distinct())["i"].to_list()
    if len(copies) < max(_LEAST_ROWS, _LEAST_SHARE * data.examples.height):
        return
    what = "the prompt and the answer of another one under a different system prompt"
    yield from kept_together(
        copies, f"{what}: they are copies unless the answer depends on the system prompt", "systems"
    )


@normalized_duplicate.measure
def measure(chunk: Chunk, options: NormalizedDuplicateOptions) -> Frames:
    """Return the contrastive rows of a chunk with a hash of anchor and positives."""
    return find_pairs(chunk)


normalized_duplicate.merge(joined_frames)


def _named(keys: Mapping[str, str], container: str) -> str:
    """Return the keys that differ in the order of the row, or what differs where they are none."""
    if not keys:
        return _FORM
    if list(keys) == [_FIRST] and container in _TABLES:
        return "the first, unnamed column"
    if container in _TAGGED and not {EXTRA, LAYERS}.isdisjoint(keys):
        return "columns of the tokens other than the tag"
    names = listed((f"'{excerpt(name, _NAME)}'" for name in keys.values()), len(keys), MOST_KEYS)
    return f"the {'key' if len(keys) == 1 else 'keys'} {names}"


def _differences(data: Dataset, most: int) -> tuple[dict[int, dict[str, str]], dict[int, dict[str, str]]]:
    """Return the keys in which the first ``most`` copies differ from their anchors; none where the texts do.

    Each is the key of the row, with the name of what differs in its value, such as ``turns[1].emotion``. The records of
    others are not read. Returned besides are the keys that differ along with the form of the texts.
    """
    pairs = nsmallest(most, ((copy, group.rows[0]) for group in data.normalized for copy in group.rows[1:]))
    rows = sorted({row for pair in pairs for row in pair})
    records = dict(zip(rows, data.records(rows), strict=True)) if rows else {}
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    found: dict[int, dict[str, str]] = {}
    along: dict[int, dict[str, str]] = {}
    for copy, anchor in pairs:
        old, new = records[anchor], records[copy]
        keys = [key for key in {**new, **old} if old.get(key) != new.get(key)]
        if texts[copy] != texts[anchor]:
            found[copy] = _EDITED if are_edited_otherwise(texts[copy], texts[anchor]) else {}
            if others := keys_beyond_form(keys, old, new):
                along[copy] = others
            continue
        found[copy] = {
            key: _PLACES if are_other_places(old.get(key), new.get(key)) else inner_key(key, old.get(key), new.get(key))
            for key in keys
        }
    return found, along
