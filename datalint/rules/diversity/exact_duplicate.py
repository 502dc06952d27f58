"""A row is an exact copy of an earlier one.

## What it does
Reports each row that has the same canonical form as an earlier row: keys sorted, no white space between tokens,
everything else unchanged. The finding is at the copy and refers to the first such row. Ten copies or more that follow
one another as what they copy does are one finding: a part of the file was written twice.

## Why it matters
A copy adds weight, not information. Models that are trained on deduplicated text emit memorised passages ten times
less often (Lee et al. 2021, "Deduplicating Training Data Makes Language Models Better"), and the guide's Bad column
for diversity is one example repeated.

## Bad
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"completion": "Red is one of the three primary colours.", "prompt": "Name a primary colour."}
```
## Good
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"prompt": "Which metal is liquid at room temperature?", "completion": "Mercury."}
```
## What to do
Delete the copies that are not meant, and keep the first: `datalint dedupe DATA --output FILE`. If an example is
repeated on purpose, to give it more weight, ignore this rule. Where the message says that the row holds nothing
(`content: []`), remove the first one as well.

These copies may be meant. They are notes, and no fix removes them:
- labelled or plain texts of up to three words ("ok"), and tagged formulas of up to six, or ten of which no tag names
  anything, from 1 % of the rows on
- files with as many rows of the same ids and mostly other texts: versions of one set
- rows that differ only in a number named `score` or `rating`: ratings of several people
- rows of unknown shape, such as judgements of predictions: if they are examples, name their columns with `--columns`,
  or set `unknown-shape`

Above 3 % of the rows, short texts and formulas are warnings, and count for the gates. A short text is listed by itself
if it has more than 1 % of the rows or was copied with its neighbours. So are all if a third of the texts are as short,
unless longer ones have hardly any copies.
## Known limits
Rows that differ in an id or any other key are not exact copies: see `normalized-duplicate`.

Equal lines are not reported where their place has a meaning; a note gives their number:
- headings of up to eight words before longer lines, and separators without a letter or digit (`***`)
- refrains and dialogue in books, poems, scripts, songs and subtitles, but for passages of twelve lines, paragraphs of
  more than 500 characters and a line that is one in 200 of all
- lines that are repeated within 60 lines, where most repeated lines are in passages as short as refrains
- turns of a conversation, by a speaker or the number of the turn, but for passages of twelve turns
- tagged sentences of up to three tokens, or five without a name: headings, fragments and short replies
- short exchanges in which each row answers the one before, but for four or more in the same order
- every line of a parallel file, by name and number of lines (`train_fr.txt` and `train_en.txt`)

Also not reported:
- answers of a model without their prompts, unless all keys are the same
- one side of a pair, such as a sentence before it was simplified, if the other side differs
- rows of unknown shape without a sentence, such as scores
- what other rules report: one text in the files of two classes (`conflicting-response`), an empty prompt
  (`empty-prompt`) or one such as `#N/A` (`null-word-prompt`)

No fix removes rows whose numbers a `.txt` file next to them lists, as for a split (`train-rows.txt`).
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Fix, Hit, Options, Severity, excerpt, frozen, option, rule
from datalint.rules.common.duplicates.brief import brief_copies, without_brief
from datalint.rules.common.duplicates.class_files import without_class_files
from datalint.rules.common.duplicates.formulas import formula_copies, without_formulas
from datalint.rules.common.duplicates.hollow import empty_texts
from datalint.rules.common.duplicates.numbers import unknown_copies, without_chance, without_unknown
from datalint.rules.common.duplicates.passages import Origins
from datalint.rules.common.duplicates.ratings import rating_copies, without_ratings
from datalint.rules.common.duplicates.versions import version_copies, without_versions


@frozen
class ExactDuplicateOptions(Options):
    """What is done with rows that could not be read."""

    unknown_shape: bool = option(
        False,
        "whether each copy of a row of unknown shape is reported and removed",
        source="judgements of predictions and counts of events are equal by design",
    )


@rule(
    "DIV001",
    "exact-duplicate",
    severity=Severity.WARNING,
    since="0.1",
    fix=Fix.copies(safe=True),
)
def exact_duplicate(data: Dataset, options: ExactDuplicateOptions) -> Iterator[Hit]:
    """Yield a hit at every copy."""
    found, versions = without_versions(data, without_chance(data, data.exact))
    yield from version_copies(versions, " exactly")
    groups, ratings = without_ratings(data, without_class_files(data, found)[0])
    yield from rating_copies(data, ratings, "another one exactly")
    if not options.unknown_shape:
        groups, unread = without_unknown(data, groups)
        yield from unknown_copies(data, unread, ("is a copy of an earlier one", "are copies of an earlier one"))
    named, formulas = without_formulas(data, groups)
    yield from formula_copies(data, formulas)
    others, brief = without_brief(data, named, 1)
    yield from brief_copies(data, brief)
    origins, empty = Origins(data, others, "exact"), empty_texts(data, others)
    for group in others:
        anchor = group.rows[0]
        said = f', which holds nothing: "{excerpt(empty[anchor], 40)}"' if anchor in empty else ""
        for copy in group.rows[1:]:
            yield Hit(f"exact copy of {origins.of(copy)}{said}", at=copy, related=((anchor, 1.0),))
