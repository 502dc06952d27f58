"""A training row has nearly the same prompt as an evaluation row, with another answer or without one.

## What it does
Reports training rows whose prompt is at least `min-similarity` (0.8) similar to that of an evaluation row, by verified
Jaccard similarity over the n-grams of `near-duplicates`. Numbers, names, system prompt, tools and media must be the
same. If training has at least half of the prompts of an evaluation file, and 20, they are one finding.

If two prompts have a part in common, such as the paragraph that a question is about, the rest must be similar too. The
message says whether the answers differ.

Reported as a note:
- for each file, labelled texts of up to three words
- evaluation rows with the prompt of a training row and other numbers or names, if these are a tenth or more, of at
  least five templates

## Why it matters
The evaluation question differs from the training question only in a comma or a word, so the model may answer from
memory. If the answers contradict each other, one of the two splits is wrong.

## Bad
```jsonl
{"prompt": "Please explain how rain forms above the sea and why most of it falls on the coast instead of farther inland.", "completion": "Water evaporates, rises and cools, and comes down in drops."}
```
```jsonl eval
{"prompt": "Please, explain how rain forms above the sea and why most of it falls on the coast, instead of farther inland", "completion": "It is the sun that lifts moisture, which clouds give back later on."}
```
## Good
```jsonl
{"prompt": "Please explain how rain forms above the sea and why most of it falls on the coast instead of farther inland.", "completion": "Water evaporates, rises and cools, and comes down in drops."}
```
```jsonl eval
{"prompt": "Please explain how frost forms on a window.", "completion": "It is moisture of the room that freezes where the glass is cold."}
```
## What to do
Remove near-duplicates, then split the data so that all versions of a question are on the same side: `datalint split
DATA --eval 10% --output DIR`.
## Known limits
Rules for more serious leaks report a row instead of this one. Each training row is reported once, with its most similar
evaluation row.

Questions count as different if they differ in:
- a number, a name, the letter of a clause ("(a)" and "(c)") or a negation, apart from the note
- the language or program that their instruction asks for
- a word or a letter, if they are short or texts to compare, and have another label
- anything, if they are terms of a list most of which have up to three words
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datalint.api import (
    MOST_RELATED,
    Dataset,
    Group,
    Hit,
    Leak,
    Options,
    Places,
    Severity,
    frozen,
    option,
    others,
    rule,
    similar,
)
from datalint.rules.common.duplicates.brief import BRIEF_WORDS, brief_rows, by_file, most_frequent
from datalint.rules.common.duplicates.leaks import compared_answers, mostly_leaked, same_files
from datalint.rules.common.duplicates.prompts import asked_everywhere
from datalint.rules.common.duplicates.template_leaks import template_leaks


@frozen
class NearLeakedPromptOptions(Options):
    """When two prompts are nearly the same."""

    min_similarity: float = option(
        0.8,
        "similarity of two prompts; those under 0.8 are not compared",
        source="of 47 findings on twelve public sets, cut in two, 46 ask the same",
    )


@rule(
    "RDY009",
    "near-leaked-prompt",
    severity=Severity.WARNING,
    since="0.1",
    needs={"near-prompts"},
)
def near_leaked_prompt(data: Dataset, options: NearLeakedPromptOptions) -> Iterator[Hit]:
    """Yield a hit at each training row whose prompt evaluation nearly has, with another answer."""
    if data.evaluation is None:
        return
    twins = {held for _, held in same_files(data)}
    files = data.evaluation["file"]
    places = Places(data)
    leaks = [leak for leak in data.near_prompts if leak.similarity >= options.min_similarity]
    leaks = [leak for leak in leaks if files[leak.evaluation] not in twins]
    brief = brief_rows(data, [leak.training for leak in leaks])
    contexts, everywhere = data.examples["context"], data.once(asked_everywhere)
    others = (leak for leak in data.leaks if contexts[leak.training] not in everywhere)
    mostly = mostly_leaked(data, [*others, *leaks], " or their prompts, exactly or nearly,")
    for leak in leaks:
        if leak.training not in brief:
            said = compared_answers(data, leak)
            answers = f", with {said}" if said else ""
            where = mostly([leak])
            yield Hit(
                f"nearly the same prompt in the evaluation set{answers}: {where}"
                if where
                else f"prompt with similarity {similar(leak.similarity)} to {places.of_evaluation(leak.evaluation)} in "
                f"the evaluation set{answers}",
                at=leak.training,
                related_eval=((leak.evaluation, leak.similarity),),
            )
    yield from _brief(data, [leak for leak in leaks if leak.training in brief])
    yield from template_leaks(data)


def _brief(data: Dataset, leaks: Sequence[Leak]) -> Iterator[Hit]:
    """Yield a note for each file with the brief texts that evaluation nearly has with another label."""
    evaluation = {leak.training: (leak.evaluation, leak.similarity) for leak in leaks}
    for file, groups in by_file(data, [Group([row]) for row in sorted(evaluation)]).items():
        rows = [group.rows[0] for group in groups]
        have = "row has" if len(rows) == 1 else "rows have"
        yield Hit(
            f"{len(rows):,} {have} a labelled text of up to {BRIEF_WORDS} words that is nearly in the evaluation set with "
            f"another label, as people may mean either: {most_frequent(data, groups)}",
            at=rows[0],
            related=others(rows[1:]),
            related_eval=tuple(evaluation[row] for row in rows[:MOST_RELATED]),
            severity=Severity.INFO,
            key=f"brief {file}",
            fixable=False,
        )
