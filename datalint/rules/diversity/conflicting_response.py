"""The same prompt has answers that contradict each other.

## What it does
Reports a prompt, once and at its last row, whose rows have closed answers that cannot all be correct: labels, numbers,
option letters, or yes and no. Two prompts are the same if everything that the model reads is: system prompt, earlier
turns and prompt.

Answers contradict each other if they are:
- different labels of a small set ("toxic", "not toxic"), or different intents of a chatbot
- yes and no at their beginning, or an answer that denies what is asked ("Night trips are not offered")
- different final answers (`\\boxed{…}`, `#### …`), by value, or the same except for numbers
- JSON objects that differ in true and false or one short value, except for calls of a tool
- different tags (`B-CITY`, `O`) or labelled spans in one sentence
- different options of a question, also in another order

Also reported:
- short labelled texts that differ only in punctuation, with different labels
- one text in the files of two classes (`pos.txt` and `neg.txt`)
- as one finding, prompts whose answers depend on a key that the model does not see, such as `persona`
- as one finding for each file, labelled texts of up to three words ("fine"), unless they are more than 1 % of the rows
- other short answers ("Paris", "Lima") in evaluation sets, and as a note to prompts of 300 characters or more

Not reported:
- one label that is part of another ("joy" and "joy, pride")
- rows that another key distinguishes, such as a `field` that is asked for, a place (`start`) or a run (`iteration`)
- datasets in which more than half of the rows have a prompt with several answers, by design
- grades that differ by one point or a fifth of their scale, and scores of similar value
- labels of a turn of a dialogue, which depend on earlier turns

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
Other contradictions between long answers are not found. A label has up to 40 characters, and four words unless the
dataset has 20 different answers at most; in scripts without spaces between words, it has up to eight characters.
Punctuation is ignored only in texts of up to 200 characters, and in datasets of up to 100,000 rows. Numbers in code, in
examples ("such as 5"), in arguments of a command and in the steps to one result do not count.

Two classes of a word (`NN`, `VB`), two years that a text may be from and two companies that it is about are not
reported, nor are short headings with two taggings. Where more than half of the rows have a prompt with several answers,
final answers with other values are reported all the same, and so is everything if a key says how good each answer is
(`correct`, `score`). If a key such as `type`, `task` or `category` differs, the message names it.

Other rules report one prompt with a large share of the answers (`few-distinct-prompts`), prompts that are a word for a
missing value (`null-word-prompt`), and those of question marks alone (`empty-prompt`).
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
    if shape == _INTENTS:
        # An intent may be written in several places, which are not what differs.
        first = {name: row for row, name in reversed(earlier) if name != last[1]}
        earlier = [(row, name) for row, name in earlier if first.get(name) == row]
    shown = [f'"{excerpt(last[1], 40)}" here']
    shown += [f'"{excerpt(name, 40)}" ({places.of(row, last[0])})' for row, name in earlier]
    if shape == _TAGGED:
        what = f"{counted(len(shown), 'tagging')} of one sentence"
    elif shape == _INTENTS:
        what = f"{said} in {counted(len(shown), 'intent')}"
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
