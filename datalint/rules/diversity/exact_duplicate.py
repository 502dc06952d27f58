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

Labelled or plain texts of up to three words ("ok", "not bad"), and those whose answers mark their words (aspects and
their sentiments), without what all prompts begin with, are one note for each file, as several people write them, with
the most frequent ones, if their copies are 1 % of the rows or more, and a warning if they are more than 3 %; no fix
removes them. They are listed one by one if one text has more than 1 % of the rows, if three rows repeat three others in
their order, and in sets of terms or commands, where a third of the texts are as short, unless longer texts, a fifth of
the rows at least, have hardly any copies. The same holds for formulas of tagged texts, up to 3 %: sentences of up to
six words, and of up to ten of which no tag names anything, as at the end of each judgment, and where half of the
sentences are of up to 40 characters, for these if longer ones have hardly any copies. A letter of Chinese or Japanese
is half of a word, and a speaker before a colon does not count.

Copies in files with as many rows of the same ids and mostly other texts, which are versions of one set, are one note,
which no fix changes.

Ratings of several people are one note, which no fix changes: rows that are the same except for a number named `score`
or `rating`, of which most follow one another in runs of the same length, and which differ in one run of ten or more.
## Known limits
In plain texts and dialogues, the place of a line may have a meaning. These equal lines are no copies, and a note gives
their number:
- Lines of up to eight words before longer ones: headings or formulas.
- Lines of a book, poem or script of which one in fifty ends in a comma, or in which sentences run over lines: refrains,
  verses, dialogue. In tables and JSON Lines, both must be so. Passages of twelve lines or more, paragraphs of more than
  500 characters and a line that is one in 200 of all are copies there too.
- Short lines (up to 60 characters; 12 in a script without spaces) of songs or subtitles: adjacent lines share rare
  words more often than others do, and the lines are no messages with links and mentions.
- Lines of up to 500 characters that are repeated within 60 lines, as refrains do, in such texts, and in others if most
  lines that repeat are of ten or more passages of two to eleven lines.
- Lines without a letter, digit or emoji (`***`, `▸`, `=====`), as between two sections.
- Lines that begin with who speaks (`Doctor: yes`, `(user): ok`, `B: ok`, one of a few names in turn), where four in
  five lines of a text do: turns of a conversation. So are rows of a table with a `speaker`, `debater`, `sender` or `participant`, of whom a few
  speak in turn, or with a column of any name that has both sides (`SYS:`, `USER:`), but for passages of twelve turns or
  more that stand in two places. Texts with a label are turns too where a `speaker`, a `debater` or both sides speak in
  turn, and half of the texts are different. So are rows with or without a label that have the
  name of their dialogue (or `scene`) and the number of the turn (or who speaks), numbers of turns that begin again and
  again, and labels that are dialogue acts (`sd`, `aa`, `inform`, `thankyou`).
- Sentences of tagged texts with up to three tokens, or five of which no tag names anything, or two words of more than
  one letter ("M . , Tiller , D ."), if most sentences are longer than 40 characters: headings and fragments.
- Sentences of tagged texts with up to three tokens where most sentences are shorter: replies in a conversation ("Yeah
  ."). They are copies if four in five sentences have so few tokens, as terms do, if nearly all tokens of short
  sentences are parts of names (`B-PER`), as in a list of names, and where one text is more than half of the rows, and
  of 20.
- Exchanges of up to 60 characters on each side, where the answer of a row is what the next row answers, in three rows
  of ten or more: a dialogue. Four or more in the order of earlier ones are copies there.
- Answers of a model without their prompts, such as responses of a batch: each may answer another one. A row that is the
  same in all its keys, such as `custom_id`, is an exact copy all the same.
- Every line of a text if a file next to it has as many lines, and a name for that: `train_fr.txt` and `train_en.txt`,
  `yue.txt` and `en.txt`, `source` and `target`, `src` and `tgt`, `seq.in` and `seq.out`, `train_text.txt` and
  `train_labels.txt`, `train.txt` and `labels_train.txt`, `gold.txt` and `tags.txt`. No fix removes a line of one of
  them, as all lines after it would lose theirs.

One text in files that are named by classes (`pos.txt` and `neg.txt`) is left to `conflicting-response`.

Where each value of a key has one row of each label, with much the same words (a sentence before and after it was
simplified), a row is one side of a pair, and repeats another one only if the other side does too: removing it alone
would leave half of a pair.

No fix removes a row of a file next to which a `.txt` file named for a split (`train-rows.txt`) has a number of its rows
on each line, as the numbers would then be those of other rows.

Rows that differ in an id or any other key are not exact copies. `normalized-duplicate` compares only what the model is
trained on. Copies among rows of unknown shape are one note, which no fix changes: these may be judgements of
predictions, or counts of events, that are equal by design. Name the columns with `--columns`, or set `unknown-shape`,
if they are examples. Such rows without a sentence, such as scores, or a word and its tag, are not reported. Neither are
rows with an empty prompt, which `empty-prompt` reports, or one such as `#N/A`, which `null-word-prompt` does.
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
