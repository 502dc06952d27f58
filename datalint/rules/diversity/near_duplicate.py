"""A row is nearly the same as an earlier one.

## What it does
Reports each row whose prompt and response are both similar to those of the first row of its cluster: their exact
Jaccard similarity, over the n-grams of the normalised text, reaches the threshold (`[near-duplicates]`; by default 0.7
over n-grams of five characters). Every reported pair was compared in full. N-grams that more than half of the rows
contain do not make rows similar. A row is a warning if its similarity is 0.85 (`warn-from`) or more, and prompt and
response have more than eight different words: such a row repeats what somebody has written once. The others often are
other examples in nearly the same words, and several people write short texts alike. From 5 % of the rows on
(`notes-from`), they are one note, which counts them and shows the most similar one; a fix keeps them, and fewer are no
concern. What all prompts begin with, a response that 20 rows have, as a label, and one that marks words of its prompt
are not counted as words. `datalint clusters` shows all members. Rows with one response that differ only in random
numbers of their prompts (`ref=837261992`: seven digits or more, hexadecimal digits, UUIDs), or in a serial number before
or behind them (`Question 17: …`, `… (variation 3)`, `…? #12`), have similarity 1, and so do questions with the same options in another order, of which the answers name the same one by its letter, number or text.
The message shows the similarity, the cluster, the words that differ, and whether only the
answers do, or a question asks about somebody else ("how much does a get?") and has the same answer: then one of the two
may be wrong, and a fix keeps the latter. It also keeps a text without a prompt that has other numbers, such as another
period in a clause of a contract, and all items of an evaluation set: they were chosen, and scores on some of them
cannot be compared with scores on all.

If a tenth of the rows have the texts of another row and differ in a key that is not read, that is one finding, which
names the key: it may be what tells the rows apart, such as the words that a label is about. If 3 % of the rows are a
text of up to 60 characters of another row with its label, and a similarity under 0.9, that is one note, with those of a
higher similarity that differ in words: variants of an utterance are what data on intents collects. From 20 rows on, so
are those that differ in words of politeness alone ("please", "could you", "now"), and prompts that ask for the query or
the call of a tool of another row in other words, whatever their share, and from five rows on, variants of an item whose
ids differ in their ends alone (`call_17_A` and `call_17_B`), of which there are a few. So are, from 3 % of the rows on,
the text and the answer of another row under one of several wordings of an instruction. So are, in any number, the
answer of another row to its prompt with another control word: most prompts have one of a few in its place ("(in a calm
way)"), sentences whose acceptability is judged (`acceptability`, `grammatical`), and nearly the same answer to one
prompt in another setting of an experiment (`normalized-duplicate`). Formulas of tagged texts (see `exact-duplicate`)
are one note for each file if they are 1 % of the rows or more. So are copies among versions of one set (see
`exact-duplicate`), and rows of unknown shape (option `unknown-shape`). None of these rows is removed by a fix.

The following are not near-duplicates:
- rows that each say something else: more than 10 % of what a prompt says, by words that few rows have, is in words that
  the other one has in no form, and the other way round (15 % in long prompts and in responses)
- rows that differ only in numbers, names, opposites, forms for men and women or the order of words or lines; names that
  share their first letters differ in the rows of a template (five prompts)
- prompts that differ in one number, word, quotation, line or item of a list ("caps" and "boots"), and whose answer is
  a label, missing, or that of ten rows and 0.5 % of all, such as a refusal
- prompts that are corrected or rewritten in other ways, in datasets whose responses are mostly their prompts with
  changes
- questions about another name of code (`load_limit_eu`)
- short programs with another token, and short responses (what they print)
- texts of one or two words (three if a common label answers them), and short ones with a word more, whose answer is a
  label or missing, texts without a
  prompt of up to eight words with another word, and prompts with another single letter ("code b"),
  whose answer is no number
- words with other endings and answers of up to three words, such as a noun and its plural that are rewritten
- two questions or conclusions about one text, or two replies at the end of a short dialogue, whose answer is a label,
  and similar texts with another one of several labels
- two texts to compare, or triplets, one of which has another word in the place of one ("all" and "many"), another
  number, or a name more, and two texts the other way round with another answer, or with one such as "entailment"
- another hypothesis for the premise of another row, with a word more, also in one text (`premise [SEP] hypothesis`),
  and another query for the passages of another row in contrastive data
- sentences in which other words are marked, such as `<e1>pier</e1>`, or the same word in another place (`$$pier$$`,
  `||pier||`, `@@pier@@`, `# pier #`), or other words left out (`$T$`, `[MASK]`)
- prompts that share a context, with other sentences that have less than half of their words in common
- prompts with a long text that a key follows (`…, entity: the council`), another value of it without a word in common,
  and a short answer
- problems with several other facts (lines), or with other statements of one pattern, as generated puzzles have, whose
  answer is a label or missing, or with more of these statements and the same answer
- problems with other words, whose reasoning ends in another short line ("ANSWER: B" and "ANSWER: A")
- commands of one line for prompts of which one has words of its own, and queries with another value, sign or function,
  a function or clause more, or another column, which the prompts name
- rows with another keyword, aspect or entity, of up to 40 characters, in a column that is mapped or guessed as context
- versions of one example by another key (`level`, `variant` or `perturbation`, next to a key such as `example_id`)
- answers of several systems (`arm`, `model`, `system`) if the rows also say how these were judged (`judge_…`,
  `human_…`)
- headings of a text, lines of a book, poem or script, and of which another file has a line for each (`exact-duplicate`)
- plain texts, tagged sentences and texts with labelled spans of up to three words, and words of which each letter or
  sound stands alone ("s t ɑː")
- several answers to one input, or chosen ones, where most inputs have some, as reference texts, translations, captions
  and refusals do, unless most of them are copies of each other with a few words changed
- questions whose answers name another option, though both by the same letter, or of options that are all others
- questions with options that are the same but for texts in quotation marks without a word in common
- texts and their translations that differ in one word on either side, if that of the answers is another word
- prompts whose answers differ in the same words, in numbers, or in what they state as JSON
- short prompts of which one asks for more, in a word that its answer has too
- answers to one prompt that contradict each other (`conflicting-response`), or differ in numbers, in names, in
  opposites, in a value of JSON or in what a tag such as `<answer>` or `<guess>` has
- parts of one dialogue, each with a turn that the others don't have
- prompts that grow turn by turn, each another row's with further turns; if a tenth of the rows do so, also
  conversations whose turns are learned
- preferences with the same prompt and chosen response, but different rejected ones, in their words or in
  signs of code
- preferences of similar prompts whose chosen responses differ in numbers or names, or whose chosen or rejected ones
  differ in most words
- responses with different labels of what is wrong in them

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
capital letters, opposites by a list of words, mostly of English and Chinese. Paraphrases in other words are not found,
and rows that are marked as tests of other spellings (`bucket`, `category` or `type` is `noisy`, `typos` or
`adversarial`) are not reported.
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
    groups = [group for group in data.near if not one_cause.issuperset(group.rows[1:])]
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
