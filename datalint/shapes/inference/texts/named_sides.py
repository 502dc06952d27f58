"""Prompts and responses by their names: which columns may be either, and the guess where both are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import OPTION, WORSE, has_word, is_about, is_numbered, stands_out
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.labelled.answer_keys import without_answer_keys
from datalint.shapes.inference.texts.candidates import candidates_of
from datalint.shapes.inference.texts.input_output_names import are_in_and_out
from datalint.shapes.inference.texts.learned_parts import revisions
from datalint.shapes.inference.texts.prompt_alone import is_chat_prompt
from datalint.shapes.inference.texts.retrieved_lists import without_retrieved
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Words of keys of lists of samples for one prompt.
_SAMPLES: Final = ("responses", "completions", "outputs", "generations", "candidates", "samples", "replies")
_FEW_ROWS: Final = 3


class NamedSides(NamedTuple):
    """The columns that may be the prompt or the response, best first.

    ``acts`` are responses that are named as what is done, and ``revised`` says that responses are revisions.
    """

    prompts: list[SampledColumn]
    responses: list[SampledColumn]
    acts: list[SampledColumn]
    revised: bool


def named_sides(columns: Sequence[SampledColumn]) -> NamedSides:
    """Return the columns that are named as a prompt or a response."""
    unchecked = [each for each in columns if not checks(each.key)]
    responses = without_answer_keys(candidates_of(unchecked, "response", numbers=True), columns)
    revised = revisions(columns, responses)
    responses = revised or responses
    acts = [] if responses else [each for each in columns if _is_act(each)]
    responses = responses or acts
    prompts = [each for each in candidates_of(unchecked, "prompt") if each not in responses[:1]]
    prompts = [each for each in prompts if not is_right(each.key)]  # what is expected is no prompt
    prompts = without_retrieved(prompts, columns)
    if any(each.holds is Holds.TEXT and each.length > LONG and each not in responses for each in columns):
        prompts = [each for each in prompts if not each.program_names]  # such as the goal "be_kind" of a reply
    # The title of a prompt is not the prompt, if a text that is named so as well is one.
    prompts = sorted(prompts, key=lambda each: strength(each.key, "heading") >= Strength.HEAD)
    # An optional prompt of few rows, such as more instructions, is no prompt of all.
    prompts = sorted(prompts, key=lambda each: each.sparse) if prompts[:1] and prompts[0].sparse else prompts
    # A prompt that is a list of messages has all that the others say, and more.
    prompts = [each for each in columns if is_chat_prompt(each)] or prompts
    return NamedSides(prompts, responses, acts, bool(revised))


def of_both(
    named: NamedSides, columns: Sequence[SampledColumn], sides: Sequence[SampledColumn], rows: int
) -> Guess | None:
    """Return the guess about a prompt and a response by their names; ``sides`` hold more than facts.

    None for one of several numbered responses, unless the prompts are numbered as well.
    """
    prompts, responses = named.prompts, named.responses
    prompt, response = prompts[0], _counterpart(prompts[0], responses) or _longest(responses, "response")
    found = {"prompt": prompt.key, "response": response.key}
    if are_in_and_out(prompt, response) and rows >= LEAST_ROWS and _are_all((prompt, response), sides):
        both = all(each.holds in READABLE and _is_varied(each, rows) for each in (prompt, response))
        return Guess.of(found, clear=both, basis="names")
    if is_numbered(response, responses):
        whole = strength(prompt.key, "prompt") is strength(response.key, "response") is Strength.WHOLE
        both = whole and is_numbered(prompt, prompts)
        return Guess.of({"prompt": prompt.key, "response": responses[0].key}) if both else None
    clear = stands_out(prompts, "prompt") and _is_varied(prompt, rows)
    # Several sampled responses are not learned together.
    clear = clear and not (response.holds in (Holds.LIST, Holds.OBJECT) and has_word(response.key, _SAMPLES))
    sure = named.revised or _are_alone(named, response, columns, sides, rows)
    clear = clear and (sure or stands_out(_without_short(responses), "response"))
    clear = clear and not any(has_word(each.key, (*WORSE, *OPTION)) for each in columns if each.holds in READABLE)
    return Guess.of(found, clear=clear, basis="names")


def _are_alone(
    named: NamedSides,
    response: SampledColumn,
    columns: Sequence[SampledColumn],
    sides: Sequence[SampledColumn],
    rows: int,
) -> bool:
    """Whether a prompt and a response are all that rows say, so that weaker names are enough.

    What is done is enough next to a prompt; one word of a name, such as a ``target_report``, where that is long, and
    the last word of a prompt's, next to an ``sql_command``.
    """
    prompt = named.prompts[0]
    if not _are_all((prompt, response), sides):
        return False
    if named.acts and rows >= LEAST_ROWS and response.holds in (*READABLE, Holds.LIST):
        return True
    if len(named.responses) != 1 or response.holds is not Holds.TEXT or response.length <= LONG:
        return False
    enough = rows >= LEAST_ROWS or (rows >= _FEW_ROWS and len(columns) == 2)
    written = strength(response.key, "written") >= Strength.HEAD and rows >= LEAST_ROWS
    return enough and (written or strength(prompt.key, "prompt") is Strength.WHOLE)


def _are_all(chosen: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> bool:
    """Whether all columns that hold more than facts are the chosen ones, or say something about the row."""
    return all(each in chosen or is_about(each) for each in columns)


def _counterpart(prompt: SampledColumn, responses: Sequence[SampledColumn]) -> SampledColumn | None:
    """Return the response whose name has the same second word as the prompt's: ``answer_de`` to ``question_de``."""
    words = fold_name(prompt.key)
    if len(responses) == 1 or len(words) != 2 or strength(words[0], "prompt") is not Strength.WHOLE:
        return None
    same = [each for each in responses if fold_name(each.key)[1:] == words[1:]]
    return same[0] if len(same) == 1 and strength(same[0].key, "response") >= Strength.HEAD else None


def _longest(candidates: Sequence[SampledColumn], meaning: str) -> SampledColumn:
    """Return the longest of the candidates whose names say their meaning as plainly as the first one's."""
    best = strength(candidates[0].key, meaning)
    return max((each for each in candidates if strength(each.key, meaning) == best), key=lambda each: each.length)


def _without_short(candidates: Sequence[SampledColumn]) -> Sequence[SampledColumn]:
    """Return the candidates without short ones whose names end with another word for a response than long ones do."""
    ends = {last_word(each.key) for each in candidates if each.length > LONG}
    plain = (each.length > LONG or strength(each.key, "response") is Strength.WHOLE for each in candidates)
    kept = [each for each, is_plain in zip(candidates, plain, strict=True) if is_plain or last_word(each.key) in ends]
    return kept or candidates


def _is_act(column: SampledColumn) -> bool:
    """Whether a column holds what is done, or is done next, by its name."""
    named = strength(column.key, "act")
    if named is Strength.HEAD:
        return fold_name(column.key)[0] in ("next", "expected")
    return named is Strength.WHOLE


def _is_varied(prompt: SampledColumn, rows: int) -> bool:
    if prompt.holds in (Holds.OBJECT, Holds.LIST):
        return prompt.distinct >= VARIED
    return rows < LEAST_ROWS or prompt.holds is Holds.TEXT
