r"""A response copies its prompt.

## What it does
Reports a response of at least `min-chars` (20) characters that equals the prompt, or the Alpaca `input`, before it.
Case, white space, punctuation and labels such as "User:" make no difference. The finding names the key that was copied
if it is a part of the prompt, such as `context`.

Also reported:
- a summary of at least `min-summary` (400) characters that is the whole text, or of half as many that is its beginning
- a summary that is the beginning of its text and ends in an ellipsis
- as one note, explanations ("Explanation: …") that are only the text of an option, if nearly all are
- as one note, unchanged texts in a set of edited texts (grammar, style), if they are at least `unchanged` (10 %)

Not reported:
- a response to a prompt that asks to edit, translate, sort or repeat a text, unless it repeats the request as well
- names, titles and class labels that are spelled like the prompt ("what_is_your_name")
- a response that lists all options of the question
- sets in which many responses nearly equal their prompts, as of edited texts, apart from the note
- sets of texts with tags around some parts (`<NAME>Ada</NAME>`): an equal response says that there is nothing to tag

## Why it matters
Such a row only teaches the model to repeat the question. The usual causes are an export that wrote one column twice,
and a model that returned its input.

## Bad
```jsonl
{"prompt": "How do I reset my password?", "completion": "How do I reset my password?"}
```

## Good
```jsonl
{"prompt": "How do I reset my password?", "completion": "Choose \"Forgot password\" and follow the link in the mail."}
{"prompt": "Correct the grammar: She has been here since noon.", "completion": "She has been here since noon."}
```

## What to do
Write the response, or remove the row.

## Known limits
A response that contains the prompt and more text is not reported, because answers often restate the question. Short
texts are not compared. If more than a tenth of the summaries are parts of their texts, this is their design, and only
whole texts and beginnings with an ellipsis are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, counted, excerpt, frozen, option, others, percent, rule
from datalint.rules.common.frames import Frames, joined_frames
from datalint.rules.common.pairs.echoed_texts import find_echoed
from datalint.rules.common.pairs.summaries import Part
from datalint.rules.common.pairs.text_versions import are_versions
from datalint.rules.common.responses.copied_explanations import copied_explanations

#: Edited prompts, for each equal one and as a share of the examples, from which a set is one of edits. Fewer are
#: translations of names, or that are not finished. From a higher share on it is one, whatever is equal.
_EDITS: Final = 0.5
_EDITED_SHARE: Final = 0.1
_MANY_EDITED: Final = 0.2
#: Share of the examples that differ in case and punctuation alone from which a set is one of such edits.
_RESTORED: Final = 0.5
#: Responses that differ in case and punctuation alone, for each that is the prompt to the letter, from which they are
#: edits: a program that returns its input does not change it.
_CHANGED: Final = 10
#: Examples from which a share says what a set is meant for.
_LEAST: Final = 20
#: Rows that a label has on average, and those that one has.
_ROWS_OF_LABELS: Final = 5
_ROWS_OF_LABEL: Final = 3
#: Share of the examples whose summaries are parts of their texts up to which their beginning is a mistake.
_PARTS: Final = 0.1


@frozen
class EchoedPromptOptions(Options):
    """Which responses are compared."""

    min_chars: int = option(
        20, "characters from which a response is compared", source="short ones are greetings, names and labels"
    )
    min_summary: int = option(
        400, "characters from which a summary may not be its whole text", source="a sentence or two may need no summary"
    )
    unchanged: float = option(
        0.1,
        "share of the examples of a set of edited texts from which the unchanged ones are reported",
        source="of two public sets of rewritten texts, 15 % and a third are unchanged",
    )


@rule("QUA010", "echoed-prompt", severity=Severity.WARNING, since="0.1", gated=True)
def echoed_prompt(data: Dataset, options: EchoedPromptOptions) -> Iterator[Hit]:
    """Yield a hit at each response that equals its prompt, or one where nearly all do; none in a set of edits."""
    copied, explained = copied_explanations(data)
    if copied:
        said = f"{len(copied):,} of {counted(explained, 'explanation')} are only the text of an option"
        yield Hit(said, at=copied[0], related=others(copied[1:]), severity=Severity.INFO, key="explained")
    if data.measured is None:
        return
    size, frames = data.measured
    if not any(frame.height for frame in frames):
        return
    found = pl.concat(frames)
    yield from _summaries(found, size)
    found = found.filter(~pl.col("summary") & (pl.col("part") == Part.NONE))
    if found["marked"].sum() >= max(_LEAST, _EDITED_SHARE * size):
        found = found.with_columns(same=pl.col("same") & ~pl.col("marked"))
    if found["tagged"].sum() >= max(_LEAST, _EDITED_SHARE * size):
        return
    restored = _are_restored(found, size)
    if restored:
        found = found.with_columns(same=found["exact"])
    same = found.filter("same")
    edited = found.height - same.height
    if 0 < edited < _EDITED_SHARE * size and edited >= _EDITS * same.height:
        # Next to a request, a text may be edited in more ways than are known. Other capitals or stops are edits, too.
        same, edited = same.filter(pl.col("alone") & pl.col("exact")), 0
    if edited < min(_EDITS * same.height, max(_MANY_EDITED * size, _LEAST)):
        yield from _copies(data, same, size)
    elif not restored:
        yield from _unchanged(same.filter("exact")["example"].unique().sort().to_list(), size, options)


def _summaries(found: pl.DataFrame, size: int) -> Iterator[Hit]:
    """Yield a hit at each summary that is its whole text, or its beginning if summaries are no parts of their texts."""
    for example, path in found.filter("summary").select("example", "path").iter_rows():
        yield Hit("the summary is the whole text", at=example, path=path)
    cut = found.filter(pl.col("part") == Part.CUT_BEGINNING)
    for example, path in cut.select("example", "path").iter_rows():
        yield Hit("the summary is the beginning of the text, cut, with an ellipsis", at=example, path=path)
    parts = found.filter(pl.col("part").is_in((Part.BEGINNING, Part.OTHER)))
    if parts["example"].n_unique() <= _PARTS * size:
        for example, path in parts.filter(pl.col("part") == Part.BEGINNING).select("example", "path").iter_rows():
            yield Hit("the summary is the beginning of the text, word for word", at=example, path=path)


def _are_restored(found: pl.DataFrame, size: int) -> bool:
    """Whether capitals and punctuation alone are what is learned, as most or many rows differ in nothing else."""
    changed = (found["same"] & ~found["exact"]).sum()
    if size >= _LEAST and changed >= _RESTORED * size:
        return True
    # So it is with bugs of one operator.
    return bool(changed >= max(_LEAST, _EDITED_SHARE * size, _CHANGED * found["exact"].sum()))


def _copies(data: Dataset, same: pl.DataFrame, size: int) -> Iterator[Hit]:
    """Yield a hit at each response that is its prompt, or one for all; none at names and labels."""
    if size >= _LEAST and same["example"].n_unique() > 0.9 * size:
        share = percent(same["example"].n_unique() / size)
        yield Hit(f"the response is the prompt in {same.height:,} of {counted(size, 'example')} ({share})", key="all")
        return
    said = same.filter(~pl.col("name"))
    if said["names"].any() and are_versions(data.examples):
        said = said.filter(~pl.col("names"))
    said = said.filter(~_are_labels(data.examples, said["example"]))
    for example, path, exact, key in said.select("example", "path", "exact", "key").iter_rows():
        but = "" if exact else ", apart from case, spaces and punctuation"
        what = f'a copy of "{excerpt(key, 40)}"' if key else "the prompt"
        yield Hit(f"the response is {what}{but}", at=example, path=path)


def _unchanged(rows: list[int], size: int, options: EchoedPromptOptions) -> Iterator[Hit]:
    """Yield a note for a set of edited texts of which many are not edited."""
    if size >= _LEAST and len(rows) >= options.unchanged * size:
        said = f"in {len(rows):,} of {counted(size, 'example')} ({percent(len(rows) / size)}) of a set of edited texts"
        message = f"{said}, the response is the prompt, unchanged: right only where there is nothing to change"
        yield Hit(message, at=rows[0], severity=Severity.INFO, key="unchanged")


def _are_labels(examples: pl.DataFrame, rows: pl.Series) -> pl.Series:
    """Return for each of some rows whether its response is a label, one of a few that many rows have."""
    responses = examples["response_hash"]
    if responses.n_unique() * _ROWS_OF_LABELS > examples.height:
        return pl.repeat(value=False, n=len(rows), eager=True)
    labels = responses.value_counts(name="rows").filter(pl.col("rows") >= _ROWS_OF_LABEL)["response_hash"]
    return responses.gather(rows).is_in(labels.implode())


@echoed_prompt.measure
def find_echoes(chunk: Chunk, options: EchoedPromptOptions) -> Frames:
    """Return the responses of a chunk that equal, or nearly equal, the prompt before them."""
    return chunk.examples.height, find_echoed(chunk, min_chars=options.min_chars, min_summary=options.min_summary)


echoed_prompt.merge(joined_frames)
