"""Inference of rows of texts: a prompt and its response, or other meanings of a text and the columns next to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import OPTION, has_word, is_about, is_numbered, stands_out
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.choices.own_keys import chosen_option
from datalint.shapes.inference.headerless_classes import with_classes
from datalint.shapes.inference.headerless_tables import of_table, of_whole_table, triples
from datalint.shapes.inference.labelled.reports import reports
from datalint.shapes.inference.labelled.rows import text_and_label
from datalint.shapes.inference.labelled.several_texts import responses_in, text_pair
from datalint.shapes.inference.texts import transforms
from datalint.shapes.inference.texts.candidates import candidates_of, judged_answers, stated_right
from datalint.shapes.inference.texts.descriptions import descriptions
from datalint.shapes.inference.texts.input_output_names import in_and_out
from datalint.shapes.inference.texts.languages import by_languages, of_dictionary
from datalint.shapes.inference.texts.missing_sides import incomplete, only_text
from datalint.shapes.inference.texts.named_sides import NamedSides, named_sides, of_both
from datalint.shapes.inference.texts.parallel_texts import parallel_texts
from datalint.shapes.inference.texts.prompt_alone import only_prompt
from datalint.shapes.inference.texts.unnamed_pair import by_values
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Last words of the names of what is asked, which may be about a text that has a summary.
_ASKED: Final = ("question", "query", "instruction", "prompt", "request", "input", "task")
#: Mean characters from which on a note is one that is learned.
_NOTE: Final = 200
#: Initials of a system prompt, a user and an assistant.
_INITIALS: Final = frozenset("sua")
#: Rows from which on nobody answers a prompt without anything else, and the names of the only two columns are enough.
_LEAST_ALONE: Final = 10


def of_texts(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about rows that are neither messages nor preferences."""
    sides = _without_facts(columns)
    if (table := of_whole_table(sides, columns, rows)) is not None:
        return table
    system = _first([each for each in columns if each.length and each.holds in (*READABLE, Holds.OTHER)])
    guess = _without_system([each for each in columns if each.key not in system.values()], sides, system, rows)
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not system or "prompt" not in found:
        return guess
    # Next to a label, a ``system`` of a word may be the one whose output was judged.
    if found.get("response") == found.get("category") and not _is_written(system["system"], columns):
        return guess
    return guess._replace(columns=Guess.of(system | found).columns)


def _without_system(
    columns: Sequence[SampledColumn], sides: Sequence[SampledColumn], system: dict[str, str], rows: int
) -> Guess | None:
    """Return the guess about the columns besides the system prompt, which is above a text that is a conversation.

    ``sides`` are the columns that hold more than facts.
    """
    said = transforms.two_speakers(columns, rows)
    if said is not None and said.clear:
        return said
    named = named_sides(columns)
    free = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)] or only_text(columns)
    # A long note with nothing else to read is what its label is about, and so are texts that are named data.
    free = free or [each for each in columns if _is_long_note(each) or _is_named_data(each)]
    if (chosen := _of_marked_answers(columns, free, named, rows)) is not None:
        return chosen
    if named.prompts and named.responses:
        # Next to a transcript and its summary, problems and decisions are notes on it.
        summed = None if last_word(named.prompts[0].key) in _ASKED else transforms.summary_of_longest(columns, rows)
        return summed or of_both(named, columns, sides, rows)
    if (alone := _of_one_side(columns, free, named, system, rows)) is not None:
        return alone
    learned = [each.key for each in named.responses]
    if said is not None and (not learned or dict(said.columns)["response"] in learned):
        return said
    return _by_labels_and_pairs(columns, free, named, rows)


def _of_marked_answers(
    columns: Sequence[SampledColumn], free: Sequence[SampledColumn], named: NamedSides, rows: int
) -> Guess | None:
    """Return the guess about answers that another column judges, states or chooses; None without such a column."""
    others = [each for each in free if each not in named.responses]
    judged = judged_answers(columns, others, named.responses, rows)
    if judged is not None:
        return judged
    stated = stated_right(columns, named.prompts, named.responses)
    if stated is not None and (rows >= LEAST_ROWS or JOIN in stated["response"]):
        return Guess.of(stated, clear=rows >= LEAST_ROWS, basis="names")
    asked = [each for each in candidates_of(columns, "prompt") if not has_word(each.key, OPTION)]
    return chosen_option(columns, asked)


def _of_one_side(
    columns: Sequence[SampledColumn],
    free: Sequence[SampledColumn],
    named: NamedSides,
    system: dict[str, str],
    rows: int,
) -> Guess | None:
    """Return the guess about rows of which names say one side at most: a history, a prompt, or what was said."""
    histories = [each for each in columns if each.holds is Holds.LIST and fold_name(each.key)[-1:] == ("history",)]
    if named.responses and not free[1:] and len(histories) == 1 and stands_out(named.responses, "response"):
        # Earlier turns as a list of texts, and the next turn.
        found = {"prompt": histories[0].key, "response": named.responses[0].key}
        return Guess.of(found, clear=rows >= LEAST_ROWS, basis="names")
    # Where rows have nothing else, fewer of them are no slip.
    enough = rows >= LEAST_ROWS or any(checks(each.key) for each in columns)
    enough = enough or (len(columns) == 1 and rows >= _LEAST_ALONE)
    if enough and (asking := only_prompt(columns, free, rows)) is not None:
        # A conversation that ends with an answer is no prompt, whatever its name is.
        asked = {"text" if asking.holds is Holds.TEXT and asking.answered else "prompt": asking.key}
        return Guess.of(system | asked, clear=True, basis="names")
    return _of_spoken(columns, free, named, system)


def _of_spoken(
    columns: Sequence[SampledColumn], free: Sequence[SampledColumn], named: NamedSides, system: dict[str, str]
) -> Guess | None:
    """Return the guess about the only text that is a conversation: with what is written of it, or as plain text."""
    spoken = [each for each in free if each.spoken]
    notes = [each for each in columns if _is_long_note(each) and not each.spoken]
    if len(spoken) == len(notes) == 1 and not named.responses:
        # What is written of a conversation, such as the note of a visit, is more than a remark on the row.
        return Guess.of({"prompt": spoken[0].key, "response": notes[0].key}, clear=True, basis="values")
    queried = any(strength(each.key, "prompt") is Strength.WHOLE for each in named.prompts if each not in spoken)
    # Longer texts besides what is spoken may be a note on it.
    more = [e for e in columns if e.holds is Holds.TEXT and e.length > LONG and e.distinct >= VARIED]
    quiet = not responses_in(free) and not any(e not in spoken for e in more) and not any(map(is_class, columns))
    if len(spoken) == 1 and not queried and quiet:
        return Guess.of(system | {"text": spoken[0].key}, clear=True, basis="values")
    return None


def _by_labels_and_pairs(
    columns: Sequence[SampledColumn], free: Sequence[SampledColumn], named: NamedSides, rows: int
) -> Guess | None:
    """Return the guess about a text with its label, or texts of which one is made of the other, or is all there is."""
    prompts, responses = named.prompts, named.responses
    if not responses and (made := transforms.of_two(columns, free, rows)) is not None:
        return made
    guess = parallel_texts(columns, rows) or text_pair(columns, rows) or text_and_label(columns, free, rows)
    if (guess is not None and guess.clear) or (responses and is_numbered(responses[0], responses)):
        return guess
    if not responses and (listed := of_dictionary(columns, rows)) is not None:
        return listed
    if guess is None and not prompts and (made := transforms.made(columns, rows)) is not None and made.clear:
        return made  # a source and its target, whatever is above them
    if not responses and (guess is None or not any(map(is_class, columns))):
        made = in_and_out(columns, rows) or transforms.made(columns, rows) or by_languages(columns, rows)
        if made is None and guess is None:
            made = transforms.written_about(columns, rows)
        if made is not None:
            return made
    guess = guess or (None if prompts or responses else reports(columns, rows) or descriptions(columns, rows))
    labelled = guess is not None
    if guess is None and rows >= LEAST_ROWS:
        guess = of_table(columns, rows)
    guess = guess or incomplete(columns, rows, free, prompts, responses)
    if guess is None or not guess.clear:
        valued = None if responses else by_values(columns, rows)
        guess = valued if valued is not None and (valued.clear or guess is None or not (labelled or prompts)) else guess
    return guess or with_classes(columns, rows) or triples(columns, rows)


def _without_facts(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns that hold more than numbers, references, constants or nothing; few numbers may be labels."""
    facts = (Holds.NOTHING, Holds.REFERENCE, Holds.OTHER)
    return [
        each
        for each in columns
        if each.holds not in facts and not (each.holds is Holds.NUMBER and each.distinct >= VARIED)
    ]


def _is_long_note(column: SampledColumn) -> bool:
    """Whether a column holds notes of some length, such as those of visits."""
    varied = column.holds is Holds.TEXT and column.length > _NOTE and column.distinct >= VARIED
    return varied and strength(column.key, "remark") is Strength.WHOLE


def _is_named_data(column: SampledColumn) -> bool:
    """Whether a column holds texts under a name that says nothing."""
    return column.holds is Holds.TEXT and column.length > LONG and fold_name(column.key) == ("data",)


def _is_written(key: str, columns: Sequence[SampledColumn]) -> bool:
    """Whether a system prompt is one by a name of several words, or by its length."""
    return len(fold_name(key)) > 1 or any(each.key == key and each.length > LONG / 2 for each in columns)


def _first(columns: Sequence[SampledColumn]) -> dict[str, str]:
    """Return the system prompt by its name, or by its initial next to those of a user and an assistant."""
    found = next((each for each in columns if strength(each.key, "system") >= Strength.WHOLE), None)
    initials = {key: each for each in columns if len(key := each.key.lower()) == 1}
    if found is None and initials.keys() == _INITIALS and initials["s"].distinct < VARIED:
        found = initials["s"] if initials["s"].length > LONG else None
    return {} if found is None else {"system": found.key}
