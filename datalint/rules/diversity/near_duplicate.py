"""A row is nearly the same as an earlier one.

## What it does
Reports each row whose prompt and response are both nearly the same as those of the first row of its cluster: their
exact Jaccard similarity, over n-grams of the normalised text, reaches the threshold in `[near-duplicates]`. By default
it is 0.7, over n-grams of five characters. The message names the words that differ.

A row is a warning if its similarity is at least 0.85 (`warn-from`) and its prompt and response have more than eight
different words. The others are often different examples in nearly the same words. If they are 5 % of the rows or more
(`notes-from`), one note counts them.

Also reported are rows with one response whose prompts differ only in a random or serial number (`Question 17: …`), and
questions with the same options in another order.

Reported, but not removed by a fix:
- notes, items of an evaluation set, and rows of unknown shape unless the option `unknown-shape` is set
- a question about somebody else with the same answer, or a text without a prompt that has other numbers
- rows that differ in a key that is not read
- variants of one utterance, instruction or item (`call_17_A`, `call_17_B`), as one finding
- sentences whose acceptability is judged, formulas of tagged texts, and versions of one set (`exact-duplicate`)

Not reported, as a small difference makes another example:
- rows that differ only in numbers, names, opposites, gender or order, or in which each says something of its own
- prompts that differ in one word, number or item of a list, if the answer is a label, common or missing
- prompts whose answers differ in the same words, in numbers or in a value of JSON, or that differ in formulas alone
  and have labels or other answers
- questions or hypotheses about one text, and pairs or marked sentences (`[MASK]`) that differ in a word
- several answers to one prompt (`conflicting-response`), and preferences with other rejected responses
- rewritten texts, code, queries and generated puzzles
- texts of one or two words, lines of books, scripts and parallel files, and parts of one dialogue
- rows without a response where others have one (`empty-response`)
- rows that a key distinguishes: an aspect or entity, a `level` or `variant`, or the `model` where answers are judged

## Why it matters
Near-duplicates are one example repeated, the guide's Bad column. They take the place of other examples, inflate the
number of rows, and leak from training into evaluation if rows are split at random. Self-Instruct also uses a limit of
0.7 (ROUGE-L F of a new instruction with any existing one).

## Bad
```jsonl
{"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."}
{"prompt": "How does rain form above the seas?", "completion": "Vapour rises, cools, and falls as drop."}
```
## Good
```jsonl
{"prompt": "What is the capital of France?", "completion": "The capital of France is Paris, on the Seine."}
{"prompt": "What is the capital of Peru?", "completion": "Lima, a city of ten million people by the Pacific."}
```
## What to do
Keep one row of each cluster: `datalint dedupe DATA --keep longest --output FILE`. Or rewrite the other rows, so that
they teach something new.
## Known limits
Rows of one template with different names or numbers are reported by `template-family`. Names are recognised by their
capital letters, opposites by a list of words, mostly of English and Chinese. Paraphrases in other words are not found.
Rows that are marked as tests of other spellings (`bucket`, `category` or `type` is `noisy`, `typos` or `adversarial`)
are not reported. N-grams that more than half of the rows contain do not make rows similar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from datalint.api import (
    Dataset,
    Fix,
    Group,
    Hit,
    Options,
    Places,
    Severity,
    counted,
    frozen,
    option,
    others,
    percent,
    rule,
    similar,
)
from datalint.rules.common.duplicates.by_design import varied_by_design
from datalint.rules.common.duplicates.differing_words import OTHER_NUMBERS, OTHER_QUESTION, differences
from datalint.rules.common.duplicates.formulas import formula_copies, without_formulas
from datalint.rules.common.duplicates.numbers import unknown_copies, without_headings, without_unknown
from datalint.rules.common.duplicates.other_keys import by_other_keys
from datalint.rules.common.duplicates.short_texts import SHORT_WORDS, short_members
from datalint.rules.common.duplicates.unanswered_copies import without_unanswered
from datalint.rules.common.duplicates.versions import version_copies, without_versions

#: Shapes of texts whose answers are none, or labels of their words.
_TEXTS: Final = ("text", "mapped-labels")


@frozen
class NearDuplicateOptions(Options):
    """How much is shown."""

    differences: int = option(
        2_000, "rows for which the differing words are shown", source="each needs its text read again"
    )
    warn_from: float = option(
        0.85,
        "similarity from which on a row is a warning, and a fix removes it; under it, it is a note",
        source="of 416 judged findings on public datasets, 38 % were right below it and 64 % from it on",
    )
    notes: int = option(
        2,
        "such notes from which on they are one",
        source="of 91 judged ones, 51 % were worth an action, which is too few for a finding of each",
    )
    notes_from: float = option(
        0.05,
        "share of the rows from which on there are such notes",
        source="of 16 judged notes on fewer rows, 25 % were worth an action",
    )
    unknown_shape: bool = option(
        False,
        "whether each such row of unknown shape is reported and removed",
        source="judgements of one text by several people are alike by design",
    )


@rule(
    "DIV003",
    "near-duplicate",
    severity=Severity.WARNING,
    since="0.1",
    needs={"near", "examples"},
    fix=Fix.copies(safe=False),
)
def near_duplicate(data: Dataset, options: NearDuplicateOptions) -> Iterator[Hit]:
    """Yield a hit at every member of a verified cluster but its anchor."""
    places = Places(data)
    differing = differences(data, options.differences)
    unread: list[Group] = [] if options.unknown_shape else without_unknown(data, list(data.near))[1]
    yield from unknown_copies(
        data, unread, ("is nearly the same as an earlier one", "are nearly the same as an earlier one")
    )
    left_out: frozenset[int] = frozenset()
    if not unread:
        left_out, found = by_other_keys(data)
        yield from found
    varied, variations = varied_by_design(data)
    yield from variations
    one_cause = left_out | varied
    groups = without_unanswered(data, [each for each in data.near if not one_cause.issuperset(each.rows[1:])])
    groups, versions = without_versions(data, without_headings(data, groups, _TEXTS))
    yield from version_copies(versions, " nearly")
    _, formulas = without_formulas(data, groups)
    yield from formula_copies(data, formulas, " with small differences")
    left_out_groups = frozenset(group.rows[0] for group in (*formulas, *unread))
    reported = [group for group in groups if group.rows[0] not in left_out_groups]
    anchors = frozenset(group.rows[0] for group in reported)
    short = short_members(data, reported)
    chosen = data.kind == "evaluation"
    notes: dict[int, Hit] = {}
    similarities: dict[int, float] = {}
    for number, group in enumerate(data.near, start=1):
        anchor = group.rows[0]
        if anchor not in anchors:
            continue
        size = counted(len(group.rows), "row")
        for member, similarity in zip(group.rows[1:], group.similarities[1:], strict=True):
            if member in one_cause:
                continue
            where = places.of(anchor, member)
            message = f"near-duplicate of {where} (similarity {similar(similarity)}, cluster {number}: {size})"
            said = differing.get(member, "")
            is_close = similarity >= options.warn_from and member not in short
            hit = Hit(
                f"{message}{said}",
                at=member,
                related=((anchor, similarity),),
                severity=None if is_close else Severity.INFO,
                fixable=is_close and not chosen and not said.startswith((OTHER_QUESTION, OTHER_NUMBERS)),
            )
            if is_close:
                yield hit
            else:
                notes[member] = hit
                similarities[member] = similarity
    if len(notes) < int(options.notes_from * data.size):
        return
    if len(notes) < options.notes:
        yield from notes.values()
    else:
        yield _as_one(data, notes, similarities, short, options.warn_from)


def _as_one(
    data: Dataset, notes: Mapping[int, Hit], similarities: Mapping[int, float], short: Set[int], limit: float
) -> Hit:
    """Return one note for those on short texts and on rows of a similarity under ``limit``, at the most similar one."""
    shown, *more = sorted(notes, key=lambda row: (row in short, -similarities[row], row))
    rows = f"{len(notes):,} of {data.size:,} rows ({percent(len(notes) / data.size)})"
    few = sum(row in short for row in notes)
    kinds = {
        f"with a similarity under {similar(limit)}": len(notes) - few,
        f"of up to {SHORT_WORDS} words": few,
    }
    said = " and ".join(f"{count:,} {kind}" for kind, count in kinds.items() if count)
    said = next((kind for kind, count in kinds.items() if count == len(notes)), f"({said})")
    return Hit(
        f"{rows} are near-duplicates {said}, often different examples; the most similar: {notes[shown].message}; "
        "datalint clusters lists them",
        at=shown,
        related=others(sorted(more)),
        severity=Severity.INFO,
        key="notes",
        fixable=False,
    )
