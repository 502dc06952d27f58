"""The same prompt has answers that contradict each other.

## What it does
Reports, once for each prompt, rows with the same prompt (system prompt, earlier turns and everything else that the
model reads) and closed answers that cannot all be correct: labels, numbers, option letters, or yes and no. An answer is
a label if the row is a labelled text, if it is spelled like a label (`top_up_failed`, `URGENT`), or if all answers of
the dataset are among a few. Labels of a small set contradict each other as soon as they differ ("toxic", "not toxic"),
unless one is a part of a list or path ("joy" and "joy, pride"). If a row has several labels, they are read together and
contradict others if one of them differs. Longer answers contradict each other if one begins with yes and another one
with no, or denies in its first clause what is asked in English ("Night trips are not offered"), or if they are JSON
objects (also between tags such as `<tool_call>`) in which a value is true and false (or yes and no), and at most as
many other values differ as are the same, or in which one short value differs or is null and at least three others are
the same (except for calls of a tool), or if they say the same except for numbers; code is left out. Final answers
(`\\boxed{…}`, `#### …`) contradict each other if they are other numbers or options: numbers and simple LaTeX are
compared by value, and decimals may be rounded. Blanks between groups of three digits (`62 703`) make no other number.
Answers that tag the words of a sentence do if they are the same except for tags (`B-CITY`, `O`). Answers of two intents
of a chatbot always do, and sentences of the same tokens if a tag differs, in any of the columns of tags that are read.
A text with other labelled spans in another row is reported too, and one of more than three words with another set of
labels, of which none contains the other; so is a question whose options are in another order
if its answer names another one. Where most rows have a prompt with several answers that differ by a key of few values,
one finding names the key if the model does not see it, and the answers say its value or it is named by how to answer
(`persona`, `locale`). If they have several of up to 20 labels, one finding says so. In rows of labelled texts, and
where a few short answers are those of all rows, short texts are the same prompt even if hyphens, commas, full stops,
quotes and brackets differ. So is a line of a text that is also in a file of another class (`pos.txt` and `neg.txt`, or
a text of one line in the folders `pos` and `neg`). The finding is at the last such row. Labelled texts of up to three
words ("fine"), which people mean in several ways, are one finding for each file, unless they are more than 1 % of the
rows.

## Why it matters
One row teaches the opposite of the other, and the model learns to guess. The usual cause is that several people
labelled the data without a shared guideline: a public dataset of 10,003 customer questions has "Has my top up gone
through?" under one label and "Has my top-up gone through?" under another.

## Bad
```jsonl
{"prompt": "Is the warehouse open on Sundays?", "completion": "Yes"}
{"prompt": "Is the warehouse open on Sundays?", "completion": "No"}
```
## Good
```jsonl
{"prompt": "Is the warehouse open on Sundays?", "completion": "No"}
{"prompt": "Is the shop open on Sundays?", "completion": "Yes"}
```
## What to do
Decide which answer is correct and delete the others, write several correct labels in one row, or add to the prompt what
the answer depends on.
## Known limits
Other short answers ("Paris", "Lima") to one prompt are reported in evaluation sets, and as a note if it has 300
characters or more, unless over a tenth of the rows have a prompt with several answers: several of them may be correct.
A label has up to 40 characters, and four words unless the dataset has 20 different answers at most; in Chinese,
Japanese, Korean, Thai and other scripts without spaces between words, up to eight characters. If more than half of the
rows have a prompt with several answers, this is the design of the dataset, and only marked final answers that are other
values are reported, unless a key says how good each answer is (`correct`, `score`). One prompt of which more than half
of the rows are different answers is left to `few-distinct-prompts`. Nothing is reported if
a key that is not read has other words in all such rows, such as the `field` of a document that is asked for, another
part of the text or its place (`start`, `word_index`), or is the number of a run (`iteration`); if it has other words in
most of them, or is a `type`, `task` or `category`, the message names the key. Grades of one text (`rating`, `stars`,
`score`) that differ by one point of four or more or by a fifth of their scale, scores (ten or more different numbers
that repeat, most with decimals) up to a fifth of their scale apart, and two origins (`domain`, `source`, `language`) of
a text of up to three words are not reported, nor are two classes of a word (`NN`, `VB`), two years that a text may be
from, and two companies that it is about (`ticker`). Neither are two labels of a turn of a dialogue, by the name of its
dialogue and its number or speaker, by numbers that begin again, or by labels that are dialogue acts (`sd`, `inform`),
as earlier turns decide. Neither are two taggings of a sentence with up to two words of more than one letter that ends
with no question or exclamation mark, if a fifth of the tagged sentences are longer than 40 characters. A prompt that is
a word for a missing value is left to `null-word-prompt`, and one of question marks alone to `empty-prompt`. Other
contradictions between long answers are not found. Punctuation is ignored only in texts of up to 200 characters, and in
datasets of up to 100,000 rows. Numbers in arguments of a command that the prompt asks for, in examples ("such as
5") and in other steps to one result ("= 24 J") do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from datalint.api import (
    Dataset,
    Group,
    Hit,
    Options,
    Places,
    Severity,
    counted,
    excerpt,
    frozen,
    listed,
    option,
    others,
    rule,
)
from datalint.rules.common.duplicates.brief import CONFLICTS, brief_conflicts, without_brief
from datalint.rules.common.duplicates.class_files import class_conflicts
from datalint.rules.common.duplicates.open_conflicts import open_conflicts
from datalint.rules.common.keys.typed_keys import columns_option, typed_key
from datalint.rules.common.keys.unseen_keys import unseen_key
from datalint.rules.common.labels.label_sets import label_set_conflicts
from datalint.rules.common.responses.answer_starts import SHOWN, starts_of
from datalint.rules.common.spans.span_conflicts import span_conflicts
from datalint.rules.common.texts.turns import LONGEST_NULL_WORD, NULL_WORDS

_ANSWERS = 3
#: The shape of sentences with a tag for each token.
_TAGGED = "token-labels"
#: The shape of examples of intents, which may have names.
_INTENTS = "intents"
#: What is left of a text whose letters an encoding lost.
_LOST = "?？\ufffd \t\r\n"


@frozen
class ConflictingResponseOptions(Options):
    """How much is shown."""

    shown: int = option(500, "prompts whose answers are shown", source="each needs its texts read again")


@rule("DIV005", "conflicting-response", severity=Severity.WARNING, since="0.1", needs={"conflicts"}, each="prompt")
def conflicting_response(data: Dataset, options: ConflictingResponseOptions) -> Iterator[Hit]:
    """Yield a hit at the last row of each prompt with contradicting answers."""
    places = Places(data)
    missing = _without_prompt(data)
    conflicts = [group for group in data.conflicts if group.rows[-1] not in missing]
    of_labels = [group for group in conflicts if not group.key and not any(group.names)]
    _, brief = without_brief(data, of_labels, CONFLICTS)
    yield from brief_conflicts(data, brief)
    if brief:
        left_out = frozenset(group.rows[0] for group in brief)
        conflicts = [group for group in conflicts if group.rows[0] not in left_out]
    unclear = open_conflicts(data)
    answers = _answers(data, [*conflicts[: options.shown], *unclear])
    yield from _of_one_prompt(data, conflicts, answers, places, options)
    for group in unclear:
        yield _unclear(data, group, answers, places)
    if not conflicts and not brief:
        yield from _unseen(data)
    yield from class_conflicts(data)
    for group in data.once(label_set_conflicts):
        yield _of_label_sets(group, places)
    for each in data.once(span_conflicts):
        first, last = each.rows[0], each.rows[-1]
        place = places.of(first, last)
        where = f"here, not in {place}" if each.here else f"in {place}, not here"
        message = f"{counted(len(each.rows), 'different set')} of spans in one text: {each.words} {where}"
        yield Hit(message, at=last, related=others(each.rows[:-1]))


def _of_one_prompt(
    data: Dataset,
    conflicts: Sequence[Group],
    answers: Mapping[int, str],
    places: Places,
    options: ConflictingResponseOptions,
) -> Iterator[Hit]:
    """Yield a hit for each prompt with contradicting answers, the first of which are shown."""
    contexts, prompts, shapes = (data.examples[name] for name in ("context", "prompt_hash", "shape"))
    said = _texts_of_intents(
        data, [group for group in conflicts[: options.shown] if shapes[group.rows[-1]] == _INTENTS]
    )
    hidden = frozenset(group.rows[-1] for group in conflicts[options.shown :])
    for group in conflicts:
        *earlier, last = group.rows
        message = f"{counted(len(group.rows), 'different answer')} to the same prompt"
        if contexts[group.rows].n_unique() > 1:
            message += " except for punctuation"
        elif prompts[group.rows].n_unique() > 1:
            message += ", its two texts in either order"
        if any(group.names):
            message = _named(group, places, shapes[last], said.get(last, "one text"))
        elif last in answers:
            shown = [f'"{answers[last]}" here']
            shown += [f'"{answers[row]}" ({places.of(row, last)})' for row in earlier if row in answers]
            message = f"{message}: {listed(shown, len(group.rows), _ANSWERS)}"
        elif last in hidden:
            message += f" (shown for {counted(options.shown, 'prompt')}: option 'shown')"
        if group.key:
            key = excerpt(group.key, 30)
            option = columns_option(f"prompt=KEY,context={typed_key(group.key)},response=KEY")
            message += f"; '{key}' differs: if the answer is about it, name it with {option}"
        yield Hit(message, at=last, related=others(earlier))


def _unclear(data: Dataset, group: Group, answers: Mapping[int, str], places: Places) -> Hit:
    """Return the hit for a prompt whose answers may all be right, if a part of it is missing."""
    *earlier, last = group.rows
    shown = [
        f'"{answers[last]}" here',
        *(f'"{answers[row]}" ({places.of(row, last)})' for row in earlier if row in answers),
    ]
    return Hit(
        f"{counted(len(group.rows), 'different answer')} to the same prompt: {listed(shown, len(group.rows), _ANSWERS)}; "
        "if each is right, a part of the prompt is missing",
        at=last,
        related=others(earlier),
        severity=None if data.kind == "evaluation" else Severity.INFO,
    )


def _unseen(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for prompts whose answers depend on a key that the model does not see, or that have several labels."""
    unseen = unseen_key(data)
    if unseen is not None and not unseen.key:
        message = (
            f"{counted(len(unseen.prompts), 'prompt')} in {unseen.rows:,} rows have several labels, "
            "one in each row; choose one, or write all labels of a prompt in one row"
        )
        yield Hit(message, at=unseen.prompts[0], related=others(unseen.prompts[1:]))
    elif unseen is not None:
        key, named = excerpt(unseen.key, 30), [excerpt(value, 30) for value in unseen.values]
        option = columns_option(f"prompt=KEY,context={typed_key(unseen.key)},response=KEY")
        message = (
            f"the answers to {counted(len(unseen.prompts), 'prompt')} in {unseen.rows:,} rows depend on '{key}' "
            f"({listed(named, len(named), _ANSWERS)}), which the model does not see; name it with {option}"
        )
        yield Hit(message, at=unseen.prompts[0], related=others(unseen.prompts[1:]), key=unseen.key)


def _of_label_sets(group: Group, places: Places) -> Hit:
    """Return the hit at the last row of a text that has one set of labels there and another one in other rows."""
    *earlier, last = zip(group.rows, group.names, strict=True)
    shown = [f'"{excerpt(last[1], SHOWN)}" here']
    shown += [f'"{excerpt(name, SHOWN)}" ({places.of(row, last[0])})' for row, name in earlier]
    message = f"{counted(len(shown), 'different set')} of labels of one text: {listed(shown, len(shown), _ANSWERS)}"
    return Hit(message, at=last[0], related=others([row for row, _ in earlier]))


def _named(group: Group, places: Places, shape: str, said: str) -> str:
    """Return words on the rows of a group that have names: taggings of a sentence, intents of what is ``said``, or options."""
    *earlier, last = zip(group.rows, group.names, strict=True)
    shown = [f'"{excerpt(last[1], 40)}" here']
    shown += [f'"{excerpt(name, 40)}" ({places.of(row, last[0])})' for row, name in earlier]
    if shape == _TAGGED:
        what = f"{counted(len(shown), 'tagging')} of one sentence"
    elif shape == _INTENTS:
        what = f"{said} in {counted(len(set(group.names)), 'intent')}"
    else:
        what = f"{counted(len(shown), 'option')} answer one question"
    return f"{what}: {listed(shown, len(shown), _ANSWERS)}"


def _texts_of_intents(data: Dataset, groups: Sequence[Group]) -> dict[int, str]:
    """Return the text that the first and the last intent of each group have, by the row of the last."""
    read = data.texts([row for group in groups for row in (group.rows[0], group.rows[-1])]) if groups else []
    found: dict[int, str] = {}
    for group, one, other in zip(groups, read[::2], read[1::2], strict=True):
        known = {each.strip().casefold() for each in one.prompt.split("\n")}
        shared = (each.strip() for each in other.prompt.split("\n") if each.strip().casefold() in known)
        if text := next(filter(None, shared), ""):
            found[group.rows[-1]] = f'"{excerpt(text, 60)}"'
    return found


def _without_prompt(data: Dataset) -> frozenset[int]:
    """Return the last rows of groups whose prompt is a word for a missing value, or question marks in place of a text.

    Other rules report these.
    """
    if not data.conflicts:
        return frozenset()
    last = [group.rows[-1] for group in data.conflicts]
    short = data.examples["prompt_chars"].gather(last) <= LONGEST_NULL_WORD
    rows = [row for row, is_short in zip(last, short, strict=True) if is_short]
    texts = data.texts(rows) if rows else []
    return frozenset(
        row
        for row, text in zip(rows, texts, strict=True)
        if text.prompt.strip(" \t\r\n.\"'").lower() in NULL_WORDS or not text.prompt.strip(_LOST)
    )


def _answers(data: Dataset, wanted: Sequence[Group]) -> dict[int, str]:
    """Return the answers that are shown, by row: of each prompt its last and its first ones."""
    # One more than these is shown as well.
    chosen = [[*group.rows[:_ANSWERS], *group.rows[_ANSWERS:][-1:]] for group in wanted]
    rows = sorted({row for some in chosen for row in some})
    texts = dict(zip(rows, (text.response for text in data.texts(rows)), strict=True)) if rows else {}
    found: dict[int, str] = {}
    for some in chosen:
        starts = starts_of([texts[row] for row in some])
        found.update({row: excerpt(texts[row], SHOWN, start=start) for row, start in zip(some, starts, strict=True)})
    return found
