"""Inference of rows in which the names do not identify the prompt, the response, or both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import prescribes
from datalint.shapes.evidence.inputs import is_case, is_more
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.name_pairs import are_opposite
from datalint.shapes.evidence.names import (
    ARGUMENTS,
    CLASS,
    DESCRIPTIONS,
    SPEAKER,
    has_word,
    is_about,
    is_beside,
    is_numbered,
    named_as,
    stands_out,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.texts.named_response import with_response
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Mean characters from which on the only text of rows is more than a label or a name.
_PASSAGE: Final = 200
#: Meanings of texts that may be written, unless they are the context of a question.
_WRITTEN: Final = ("story", "poem", "essay")
#: Last words of the names of works, of what is said, and of what is read from an image, which are texts as a whole. A
#: story may be what a question is about.
_WHOLE_TEXTS: Final = frozenset(
    "joke jokes poem poems poetry haiku lyrics transcript transcripts transcription transcriptions ocr".split()
)
#: Words of keys of categories of tickets.
_SORTED_BY: Final = ("priority", "severity", "urgency", "department", "queue", "team", "status", "level", "type")
#: How many times as long as its title a text is at least.
_TITLES: Final = 3
#: Last words of the names of what is to be done with a text.
_INSTRUCTIONS: Final = frozenset(("instruction", "instructions", "task", "prompt"))
#: Words of the names of what is called for what a user says, and of the things that it concerns, each before ``name``.
_CALLED: Final = frozenset("tool function api service intent action skill command".split())
_THINGS: Final = frozenset("device entity room area location target".split())
#: Columns of rows, at most, of which a note may be the text.
_FEW_COLUMNS: Final = 3


def only_text(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the column of all that rows have to read, whatever its name: notes are texts where nothing else is one."""
    facts = (Holds.NOTHING, Holds.REFERENCE, Holds.OTHER, Holds.NUMBER)
    texts = [each for each in columns if each.holds not in facts]
    alone = len(texts) == 1 and texts[0].holds is Holds.TEXT and len(columns) <= _FEW_COLUMNS
    return texts if alone and texts[0].length > LONG and texts[0].distinct >= VARIED else []


#: Words of the names of instructions to a model.
_TO_MODELS: Final = frozenset("task system user prompt model input custom evolved seed instruct complex base".split())


def _is_whole_text(column: SampledColumn) -> bool:
    """Whether a column holds works, such as jokes, or what was said, by its name and its varied texts."""
    varied = column.holds is Holds.TEXT and column.length > LONG and column.distinct >= VARIED
    return varied and last_word(column.key) in _WHOLE_TEXTS and strength(column.key, "response") < Strength.HEAD


def _is_passage(column: SampledColumn) -> bool:
    """Whether a column is what a question is about, by its name, such as ``passage`` or ``document_text``."""
    words = fold_name(column.key)
    named = words[:-1] if words[-1:] == ("text",) else words
    return strength(" ".join(named), "context") is Strength.WHOLE


def incomplete(
    columns: Sequence[SampledColumn],
    rows: int,
    free: Sequence[SampledColumn],
    prompts: Sequence[SampledColumn],
    responses: Sequence[SampledColumn],
) -> Guess | None:
    """Return the guess about rows in which the names do not identify the prompt, the response, or both."""
    late = [
        each
        for each in columns
        if each.holds in READABLE and each not in prompts[:1] and strength(each.key, "written") >= Strength.HEAD
    ]
    headings = [
        each
        for each in named_as(columns, "heading")
        if each.holds in READABLE and each not in responses and not is_about(each)
    ]
    texts = [each for each in (*named_as(free, "text"), *named_as(free, "context")) if each not in responses]
    # A description of a few words is a title, next to the text itself.
    least = _TITLES * texts[0].length if texts else 0.0
    texts.sort(key=lambda each: not (strength(each.key, "text") and each.length > least))
    asked = [*prompts, *headings, *texts]
    prompt = asked[0] if asked else None
    if responses:
        return with_response(columns, rows, free, responses, prompt, headings, texts)
    if prompt is not None and any(are_opposite(prompt.key, each.key) for each in free):
        return None  # neither of two sides is written of the other
    others = _may_answer(columns, free, prompts, prompt, late)
    if prompts and is_numbered(prompts[0], prompts):
        return None
    if prompts and prompt is not None and _is_directions(prompt) and len(others) == 1 and others[0].length > LONG:
        # Directions follow from the other text.
        return Guess.of({"prompt": others[0].key, "response": prompt.key})
    if prompts and prompt is not None:
        return _with_prompt(columns, rows, free, prompts, prompt, others)
    if len(free) == 1 and not late[1:]:
        return _only_text(columns, rows, free[0], late)
    if not prompts and sum(each.holds is Holds.LABEL and not is_about(each) for each in columns) > 1:
        return None  # of several labels, none may be left out
    titled = prompt is not None and strength(prompt.key, "heading") is Strength.WHOLE
    if prompt is not None and others and (titled or others[0].length > LONG or others[0] in late):
        bodies = [each for each in others if strength(each.key, "text") is Strength.WHOLE]
        if titled and (summed := _summarized(prompt, bodies)):
            return Guess.of(summed)
        whole = _fullest(bodies) if titled and bodies[:1] == others[:1] else others[0]
        return below_heading(prompt, whole, columns) or Guess.of({"prompt": prompt.key, "response": others[0].key})
    if texts:
        return Guess.of({"text": _fullest(texts).key})
    if late and (late[0].length > LONG or late[0].code):
        return Guess.of({"text": late[0].key})
    flags = [each for each in columns if each.binary and each.holds is Holds.NUMBER and use_of(each.key) != "metadata"]
    pair = len(free) == 2 and not are_opposite(free[0].key, free[1].key)
    if pair and not flags and all(each.length > LONG for each in free):
        return Guess.of({"prompt": free[0].key, "response": free[1].key})
    return None


def _may_answer(
    columns: Sequence[SampledColumn],
    free: Sequence[SampledColumn],
    prompts: Sequence[SampledColumn],
    prompt: SampledColumn | None,
    late: Sequence[SampledColumn],
) -> list[SampledColumn]:
    """Return the texts that may be the response, the likeliest first; ``late`` are named as what is written last."""
    # What else is named a prompt is the last to be a response, unless it is code: the request that a question leads to.
    others = [each for each in (*late, *free) if each is not prompt and not is_beside(each) and not is_more(each)]
    others = [each for each in others if not prescribes(each.key)]
    if prompts and any(has_word(each.key, CLASS) for each in columns if each.holds is not Holds.NOTHING):
        # Next to a label, a passage is what the label is about.
        others = [each for each in others if strength(each.key, "context") < Strength.HEAD]
    if prompts and (prompts[0].asks or has_word(prompts[0].key, ("question",))):
        # A question is about a passage, which is no answer to it.
        others = [each for each in others if not _is_passage(each)]
    if prompts:
        others = [each for each in others if each.code or strength(each.key, "prompt") < Strength.HEAD]
    others = [each for each in others if not each.sparse]
    others = list(dict.fromkeys(others)) or [
        each for each in free if each is not prompt and has_word(each.key, _WRITTEN)
    ]
    others.sort(key=lambda e: (strength(e.key, "prompt") is Strength.WHOLE and not e.code, e.length <= LONG))
    return others


def _with_prompt(
    columns: Sequence[SampledColumn],
    rows: int,
    free: Sequence[SampledColumn],
    prompts: Sequence[SampledColumn],
    prompt: SampledColumn,
    others: Sequence[SampledColumn],
) -> Guess | None:
    """Return the guess about a prompt that is named so, and the only one of the ``others`` that may answer it."""
    read = [each for each in free if each is not prompt]
    if (
        not others
        and len(read) == 1
        and rows >= LEAST_ROWS
        and (_is_passage(read[0]) or is_case(read[0], prompt, columns) or prescribes(read[0].key))
    ):
        # A question and the passage that it is about, whose answer is nowhere.
        return Guess.of({"prompt": prompt.key, "context": read[0].key})
    if not others or is_numbered(others[0], others):
        return None
    # What is long and varied next to a prompt is its response, if there is nothing else that may be.
    long = [each for each in others if each.length > LONG]
    if rows >= LEAST_ROWS and len(long) == 1 and (decided := _decided(prompt, long[0], columns)):
        return Guess.of(decided)
    if rows >= LEAST_ROWS and len(long) == len(read) == 1 and is_case(long[0], prompt, columns):
        return Guess.of({"prompt": prompt.key, "context": long[0].key})
    relations = [each.key for each in columns if each.relates]
    if len(long) == len(relations) == 1:
        # Whether it agrees is said of the other text, or that answers the prompt as the label says.
        both = {"prompt": prompt.key, "context": long[0].key}
        return Guess.of({**both, "response": relations[0], "category": relations[0]})
    clear = rows >= LEAST_ROWS and len(long) == len(others) == 1 and long[0].distinct >= VARIED
    clear = clear and not prompt.sparse and not may_describe(long[0].key, prompt.key)
    clear = clear and not any(has_word(each.key, SPEAKER) or is_class(each) for each in columns)
    clear = clear and stands_out(prompts, "prompt") and prompts[0].distinct >= VARIED and long[0].holds is Holds.TEXT
    return Guess.of({"prompt": prompt.key, "response": others[0].key}, clear=clear, basis="values")


#: Last words of the names of what is written below the title of a question.
_BELOW: Final = ("description", "body", "details")
#: Last words of the names of prompts, whatever kind of prompt they are.
_ASKED: Final = ("prompt", "prompts", "question", "questions", "instruction", "instructions")
#: Last words of the names of the score of a text.
_SCORES: Final = ("score", "scores", "rating", "ratings", "grade", "grades")
#: Words of the names of what is described before a question about it is asked.
_POSED: Final = ("scenario", "situation", "problem", "task", "riddle", "puzzle")


def _only_text(
    columns: Sequence[SampledColumn], rows: int, only: SampledColumn, late: Sequence[SampledColumn]
) -> Guess | None:
    """Return the guess about rows with one text."""
    if (asked := _asked_of_each(columns, rows, only) or _called_for(columns, rows, only)) is not None:
        return asked
    single = all(each is only or each.holds not in READABLE or is_about(each) for each in columns)
    by_name = strength(only.key, "text") is Strength.WHOLE or (_is_whole_text(only) and rows >= LEAST_ROWS)
    passages = len(columns) == 1 and only.length > _PASSAGE and rows > 1 and only.distinct >= VARIED
    named = strength(only.key, "text") or any(each.code for each in late[:1]) or only.length > LONG or len(columns) == 1
    clear = single and (by_name or passages)
    if not clear and sum(each.holds is Holds.LABEL and not is_about(each) for each in columns) > 1:
        return None  # of several labels, none may be left out
    if not clear and (last_word(only.key) in _ASKED or (only.asks and has_word(only.key, _POSED))):
        return Guess.of({"prompt": only.key})
    scores = [each for each in columns if each.holds is Holds.NUMBER and last_word(each.key) in _SCORES]
    if not clear and len(scores) == 1 and len(columns) == len((only, *scores)):
        return Guess.of({"prompt": only.key, "response": scores[0].key})
    return Guess.of({"text": only.key}, clear=clear, basis="names" if by_name else "values") if named else None


def _asked_of_each(columns: Sequence[SampledColumn], rows: int, only: SampledColumn) -> Guess | None:
    """Return the guess about an instruction, the same in all rows, and the text that each row has for it."""
    found = [each for each in columns if each is not only and last_word(each.key) in _INSTRUCTIONS]
    found = [each for each in found if each.length > LONG and each.uniform and not each.sparse]
    others = [each for each in columns if each not in (only, *found) and each.holds in READABLE and not is_about(each)]
    if rows < LEAST_ROWS or len(found) != 1 or others or only.distinct < VARIED:
        return None
    clear = strength(found[0].key, "prompt") is Strength.WHOLE and strength(only.key, "text") is Strength.WHOLE
    return Guess.of({"prompt": JOIN.join((found[0].key, only.key))}, clear=clear, basis="names")


def _called_for(columns: Sequence[SampledColumn], rows: int, only: SampledColumn) -> Guess | None:
    """Return the proposal for what a user says, the name of what is called for it, and the thing that it concerns."""
    others = [each for each in columns if each is not only and each.holds in READABLE and not each.sparse]
    words = {each.key: fold_name(each.key) for each in others if each.short}
    words = {key: named for key, named in words.items() if len(named) > 1 and named[-1] == "name"}
    called = [
        each.key for each in others if each.holds is Holds.LABEL and not _CALLED.isdisjoint(words.get(each.key, ()))
    ]
    things = [key for key, named in words.items() if not _THINGS.isdisjoint(named)]
    if any(has_word(each.key, ARGUMENTS) for each in columns):
        return None
    if rows < LEAST_ROWS or len(called) != 1 or len(others) != len(called) + len(things) or only.distinct < VARIED:
        return None
    return Guess.of({"prompt": only.key, "response": JOIN.join((*called, *things))})


def _decided(prompt: SampledColumn, text: SampledColumn, columns: Sequence[SampledColumn]) -> dict[str, str]:
    """Return the question about a longer text before it, and the only label, which answers it."""
    labels = [each for each in columns if each.holds is Holds.LABEL and not is_about(each) and each is not prompt]
    labels = [each for each in labels if strength(each.key, "group") < Strength.HEAD]
    before = prompt.asks and columns.index(text) < columns.index(prompt) and text.length > _TITLES * prompt.length
    if not before or len(labels) != 1:
        return {}
    label = labels[0].key
    return {"prompt": prompt.key, "context": text.key, "response": label, "category": label}


def _fullest(texts: Sequence[SampledColumn]) -> SampledColumn:
    """Return the first text, or the longest one, of which the first, such as a description, may be the beginning."""
    longest = max(texts, key=lambda each: each.length)
    return longest if longest.length > 2 * texts[0].length else texts[0]


def _summarized(heading: SampledColumn, bodies: Sequence[SampledColumn]) -> dict[str, str]:
    """Return an article below its heading and what its description says of it; nothing for a copy of its beginning."""
    if len(bodies) != 2:
        return {}
    brief, whole = sorted(bodies, key=lambda each: each.length)
    named = has_word(brief.key, DESCRIPTIONS) and brief.holds is whole.holds is Holds.TEXT
    if not named or brief.within or not heading.length < brief.length < whole.length / _TITLES:
        return {}
    return {"prompt": whole.key, "context": heading.key, "response": brief.key}


def _is_directions(column: SampledColumn) -> bool:
    """Whether a column holds directions for people by its name, such as ``discharge_instructions``."""
    words = fold_name(column.key)
    return len(words) > 1 and words[-1] == "instructions" and _TO_MODELS.isdisjoint(words)


def below_heading(heading: SampledColumn, body: SampledColumn, columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a text below its heading: its label is learned, or the text itself."""
    labels = [each for each in columns if each.holds is Holds.LABEL and each not in (heading, body)]
    # What nearly all rows share, such as the ``code`` of their country, is learned only by its name.
    labels = [
        each
        for each in labels
        if is_class(each) or has_word(each.key, _SORTED_BY) or not (is_about(each) or each.uniform)
    ]
    # A long text of any name, such as a song, is labelled where there are several labels.
    is_text = strength(body.key, "text") >= Strength.HEAD or (len(labels) > 1 and body.length > _PASSAGE)
    if strength(heading.key, "heading") < Strength.WHOLE or not is_text:
        return None
    if not labels:
        # The subject of a message is a part of it, and a title says what the text is about.
        whole = JOIN.join((heading.key, body.key)) if fold_name(heading.key) == ("subject",) else body.key
        return Guess.of({"text": whole})
    first = min(labels, key=lambda each: not is_class(each))
    if 1 < len(labels) <= _FEW_COLUMNS and not any(is_class(e) or has_word(e.key, _SORTED_BY) for e in labels):
        # Of several labels, none may be left out.
        learned = JOIN.join(each.key for each in labels)
        return Guess.of({"prompt": body.key, "context": heading.key, "response": learned})
    return Guess.of({"prompt": body.key, "context": heading.key, "response": first.key, "category": first.key})


def may_describe(key: str, asked: str) -> bool:
    """Whether a text may be what somebody wrote below the title of a question, and not the answer to it."""
    return last_word(asked) in ("question", "questions") and last_word(key) in _BELOW
