"""Inference of the meanings of keys in rows of unknown shape, from their names and from sampled values.

A guess is clear if only one key can be the prompt and only one the response (or the text), and their values agree.
Any other guess is a proposal for the user, since a wrong guess is worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, describes
from datalint.shapes.evidence.labels import VARIED, are_directions, is_class
from datalint.shapes.evidence.name_pairs import shared_words
from datalint.shapes.evidence.names import (
    CLASS,
    JUDGED,
    has_word,
    is_about,
    is_flag,
    is_given,
    is_logged,
    is_side,
    named_as,
    sorts_questions,
)
from datalint.shapes.evidence.relations import holding_all, related
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.shapes.inference.choices.choices import with_choices
from datalint.shapes.inference.choices.listed_options import without_listed_options
from datalint.shapes.inference.choices.picked import picked_instead
from datalint.shapes.inference.choices.prodigy import without_decisions
from datalint.shapes.inference.conversations.answering import answering, with_answerer
from datalint.shapes.inference.conversations.conversation_settings import system_of
from datalint.shapes.inference.conversations.earlier_turns import with_earlier_turns
from datalint.shapes.inference.conversations.minuted import minuted
from datalint.shapes.inference.conversations.rendered import rendered
from datalint.shapes.inference.conversations.replied import replied
from datalint.shapes.inference.conversations.said_by import acts_of, answering_speakers, with_speaker
from datalint.shapes.inference.conversations.single_turns import are_turns
from datalint.shapes.inference.conversations.tracked import tracked
from datalint.shapes.inference.few_rows import of_few_rows
from datalint.shapes.inference.given_answers import without_given_answer
from datalint.shapes.inference.gold_names import with_gold
from datalint.shapes.inference.labelled.averaged import without_averaged
from datalint.shapes.inference.labelled.coded import of_codes
from datalint.shapes.inference.labelled.coded_names import with_coded_name
from datalint.shapes.inference.labelled.collected import without_origins
from datalint.shapes.inference.labelled.crowd import of_crowd
from datalint.shapes.inference.labelled.labelled_pairs import of_labelled_pair
from datalint.shapes.inference.labelled.nested_labels import with_nested_label
from datalint.shapes.inference.labelled.predicted_labels import predicted_from
from datalint.shapes.inference.labelled.processed import without_processed
from datalint.shapes.inference.labelled.raters import by_votes, decided_from
from datalint.shapes.inference.labelled.ratings import of_rated_again
from datalint.shapes.inference.labelled.replies import with_labelled_reply
from datalint.shapes.inference.layouts import of_layout
from datalint.shapes.inference.left_out import (
    is_missing,
    is_rival,
    rated_by_writers,
    without_copies,
    without_markup,
    without_pieces,
    without_seeds,
    without_writers,
)
from datalint.shapes.inference.nameless import in_wide_table
from datalint.shapes.inference.opened import (
    are_apart,
    asks_within,
    has_turns,
    in_languages,
    is_named,
    of_one_object,
    only_object,
    opened,
    reads_more,
    within,
)
from datalint.shapes.inference.optional import lack_answers, without_optional
from datalint.shapes.inference.renamed import of_known_shape
from datalint.shapes.inference.separating import separated
from datalint.shapes.inference.several import are_several, is_picked, is_versioned
from datalint.shapes.inference.sole_class import with_sole_class
from datalint.shapes.inference.sorting_answers import without_sorting
from datalint.shapes.inference.spans.extracted import extracted
from datalint.shapes.inference.spans.objects import attributes, two_objects, with_arguments
from datalint.shapes.inference.spans.parsed_words import are_parsed_words
from datalint.shapes.inference.spans.said_facts import says_facts
from datalint.shapes.inference.texts.concluded import concluded
from datalint.shapes.inference.texts.contexts import PERSONAS, part_of_prompt, whole_of_prompt, with_contexts
from datalint.shapes.inference.texts.critics import as_critic
from datalint.shapes.inference.texts.diagnosed import asks_about_log, diagnosed, with_log
from datalint.shapes.inference.texts.forms import without_forms
from datalint.shapes.inference.texts.graphs import without_graphs
from datalint.shapes.inference.texts.indexed import indexed
from datalint.shapes.inference.texts.left_out_texts import with_left_out
from datalint.shapes.inference.texts.listed_parts import of_listed_pair
from datalint.shapes.inference.texts.message_objects import with_message
from datalint.shapes.inference.texts.named_texts import with_texts
from datalint.shapes.inference.texts.numbered_prompts import without_numbered_prompts
from datalint.shapes.inference.texts.own_answers import with_own_answer
from datalint.shapes.inference.texts.parts_of_prompts import asked_in_parts
from datalint.shapes.inference.texts.predicted import predicted_programs
from datalint.shapes.inference.texts.previous_turns import earlier_turns
from datalint.shapes.inference.texts.prompt_alone import without_heads
from datalint.shapes.inference.texts.rag_contexts import without_rag_contexts
from datalint.shapes.inference.texts.requested_objects import requested_objects
from datalint.shapes.inference.texts.rows import of_texts
from datalint.shapes.inference.texts.sides import sides_of
from datalint.shapes.inference.texts.sole_texts import with_sole_texts
from datalint.shapes.inference.texts.system_outputs import learns_outputs
from datalint.shapes.inference.texts.tested import evaluated_prompts, without_guesses, without_routes, without_tests
from datalint.shapes.inference.texts.transforms import corrected
from datalint.shapes.inference.texts.versions import in_versions
from datalint.shapes.inference.texts.whole_prompts import with_whole_prompt
from datalint.shapes.inference.worth import is_described, is_unfit, is_worth
from datalint.shapes.side_keys import prefer_media
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.spelling import EXPECTED, misspelled

#: Most keys of a row that can be names, but for flags: more are data themselves. Most keys of all rows together.
_MOST_KEYS: Final = 64
_MOST_COLUMNS: Final = 4 * _MOST_KEYS
#: Words of the names of classes of length, which sort nothing by what a text says.
_LENGTHS: Final = ("length", "len", "길이", "长度", "長さ", "longueur", "länge", "longitud", "uzunluk")
#: First words of the names of what is said of the model that wrote a row, which sorts nothing by what a text says.
_WRITERS: Final = (("model",), ("llm",), ("generator",))
#: Number of rows from which on a constant is no category.
_FEW: Final = 5
#: Most keys of a single row that is no file of settings, or of messages of a program.
MOST_OF_ONE: Final = 12


def infer(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the meanings of keys in rows; None if the rows show nothing that is learned.

    ``rows`` have the same keys, or nearly so; the values of more rows are better evidence.
    """
    if are_parsed_words(rows):
        return None
    guess = _worth(_guess(rows), rows)
    if speakers := answering_speakers(guess, columns_of(rows), rows):
        said = [{key: value for key, value in row.items() if key not in speakers} for row in rows]
        guess = with_speaker(acts_of(columns_of(said), len(rows)) or _worth(_guess(said), said), columns_of(rows), rows)
    if (guess is None or not guess.clear) and (bare := without_graphs(rows)) is not None:
        other = _worth(_guess(bare), bare)
        sure = other is not None and (other.clear or has_word(dict(other.columns).get("response", ""), CLASS))
        guess = other._replace(clear=False) if other is not None and (sure or guess is not None) else guess
    nested = guess is not None and any(isinstance(row.get(dict(guess.columns).get("prompt", "")), dict) for row in rows)
    whole = guess is not None and guess.clear and nested and says_facts(guess, rows)
    if (guess is None or nested or not guess.clear) and not whole and len(rows) > 1:
        inner = of_one_object(_worth(_guess(opened(rows)), opened(rows)), rows)
        sure = inner is not None and inner.clear and (inner.basis == "names" or has_turns(inner, rows))
        sure = sure and inner is not None and are_apart(inner, rows) and not asks_within(inner, rows)
        if inner is not None and (sure or (guess is None and is_named(inner)) or reads_more(inner, guess)):
            guess = inner._replace(clear=sure and len(rows) >= LEAST_ROWS)
    guess = without_sorting(with_sole_texts(with_nested_label(guess, rows), rows) or in_languages(rows), rows)
    if nested and len(rows) < LEAST_ROWS and two_objects(columns_of(rows), rows) != guess:
        guess = None
    if guess is None and (key := only_object(rows)):
        objects = [row[key] for row in rows]
        guess = within(_worth(_guess(objects), objects), key)
    guess = guess or in_wide_table(columns_of(rows), len(rows)) or indexed(columns_of(rows), len(rows))
    guess = with_sole_class(of_few_rows(with_left_out(with_message(guess, rows), rows), rows), rows)
    guess = of_crowd(with_labelled_reply(guess, rows), rows)
    guess = with_own_answer(with_gold(guess, rows), rows)
    guess = without_forms(with_whole_prompt(without_listed_options(guess, rows), rows), rows)
    guess = with_answerer(guess, rows)
    if guess is None or are_several(guess, rows) or is_picked(guess, rows) or is_described(guess, rows):
        return None
    if is_versioned(guess, rows):
        return None
    # Next to a key that trainers expect, a plural is a misspelling; other rows do not use the names of trainers.
    theirs = any(key in EXPECTED["row"] for _, key in guess.columns)
    sides = [pair for pair in guess.columns if pair[0] in ("prompt", "response") and not theirs]
    plain = {key for meaning, key in sides if strength(key, meaning) is Strength.WHOLE}
    clear = guess.clear and ("messages" in dict(guess.columns) or not any(_slips(row, plain) for row in rows))
    clear = clear and (len(rows) > 1 or len(rows[0]) <= MOST_OF_ONE)
    return guess.about(rows)._replace(clear=clear)


def _worth(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that is clear, or worth proposing; None for any other."""
    if guess is None or is_unfit(guess, rows):
        return None
    if guess.clear or is_worth(guess, columns_of(rows), rows):
        return guess
    asked = without_given_answer(guess)
    return asked if asked is not None and is_worth(asked, columns_of(rows), rows) else None


def _guess(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    # Checked first, as each row of a file may have keys of its own.
    keys = {key for row in rows for key in row}
    if len(keys) > _MOST_COLUMNS or prefer_media(keys):
        return None
    sampled = without_averaged(without_decisions(columns_of(rows), rows), rows)
    sampled = without_processed(without_pieces(without_copies(sampled, rows), rows), rows)
    if (whole := rendered(sampled, rows)) is not None:
        return _of_rendered(whole, rows)
    if (voted := by_votes(sampled, rows)) is not None:
        return voted
    if (asked := evaluated_prompts(sampled, rows)) is not None:
        return with_category(asked, tuple(sampled), rows)
    if others := decided_from(sampled, rows) or predicted_from(sampled, rows) or predicted_programs(sampled, rows):
        return _guess([{key: value for key, value in row.items() if key not in others} for row in rows])
    found = related(sampled, rows)
    columns = tuple(each for each in found if can_be_typed(each.key))
    if any(each.holds is Holds.TEXT and JOIN in each.key for each in found if each not in columns):
        return None  # a text that the option cannot name
    columns = tuple(without_seeds(without_optional(without_markup(columns, rows), rows)))
    columns = tuple(without_rag_contexts(without_numbered_prompts(columns, len(rows))))
    columns = without_routes(without_tests(without_guesses(with_texts(columns, rows), rows)))
    if not columns or sum(not each.binary for each in columns) > _MOST_KEYS or are_turns(columns, rows):
        return None
    if (rated := rated_by_writers(columns, rows)) is not None:
        return with_contexts(rated, columns, rows)
    columns = tuple(without_writers(columns))
    plain = tuple(each for each in columns if not is_logged(each) or any(each.key == other.edits for other in columns))
    guess = separated(with_arguments(_of_rows(rows, plain), plain), plain, rows) if plain else None
    if (logged := diagnosed(guess, columns, len(rows))) is not None:
        return logged
    if len(plain) == len(columns):
        return guess or concluded(plain, len(rows))
    if guess is not None and any(is_rival(each, guess, plain) for each in columns if each not in plain):
        guess = None
    # Logs are no texts of examples, unless rows have nothing else, or nothing else to learn.
    if guess is None or dict(guess.columns).keys() <= {"prompt", "system", "category"}:
        guess = guess or _of_rows(rows, columns)
        return guess._replace(clear=asks_about_log(guess, columns, len(rows))) if guess is not None else None
    return with_log(guess, columns)


def _of_rendered(whole: str, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows with a conversation as one text: its parts, if these are clear, or the text."""
    guess = _guess([{key: value for key, value in row.items() if key != whole} for row in rows])
    if guess is not None and guess.clear and guess.basis == "names":
        found = dict(guess.columns)
        if {"prompt", "response"} <= found.keys() or "messages" in found or "chosen" in found:
            return guess
    others = [each for each in columns_of(rows) if each.key != whole]
    more = _category(named_as(others, "category") + named_as(others, "group"), {"text": whole}, len(rows), clear=True)
    return Guess.of({"text": whole} | more, clear=can_be_typed(whole), basis="values")


def _of_rows(rows: Sequence[Mapping[str, Any]], columns: tuple[SampledColumn, ...]) -> Guess | None:
    """Return the guess about rows, from the rows themselves and from their columns."""
    guess = with_choices(columns, rows) or of_listed_pair(columns, rows) or of_known_shape(rows)
    guess = (
        guess
        or requested_objects(columns, rows)
        or asked_in_parts(columns, rows)
        or tracked(columns, len(rows))
        or replied(columns, rows)
        or minuted(columns, rows)
        or answering(columns, rows)
    )
    if guess is None and not any(each.holds is Holds.CHAT and not checks(each.key) for each in columns):
        guess = of_layout(columns, rows)
    guess = picked_instead(guess, columns, rows)
    if guess is None:
        before = earlier_turns(columns)
        said = [each for each in columns if each not in before]
        guess = _without_parts(without_heads([each for each in said if not is_missing(each)]), rows)
        if before and guess is not None and "response" not in dict(guess.columns):
            return None
        if (versions := in_versions(guess, columns, rows)) is not None:
            return versions
        taken = None if guess is not None and guess.clear else attributes(columns, rows)
        guess = of_labelled_pair(_answered(taken or guess, columns, rows), columns, rows)
        guess = of_rated_again(without_origins(of_codes(guess, columns, rows), columns, rows), columns, rows)
        guess = with_earlier_turns(with_contexts(with_coded_name(guess, columns, rows), columns, rows), columns, rows)
        return extracted(as_critic(guess, columns, rows), columns, rows)
    return as_critic(with_category(guess, columns, rows), columns, rows)


def with_category(guess: Guess, columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess with the contexts of its rows, and with their category if its evidence is names."""
    found = dict(guess.columns)
    categories = [*named_as(columns, "category"), *named_as(columns, "group")]
    more = {} if guess.basis == "values" else _category(categories, found, len(rows), clear=guess.clear)
    return with_contexts(Guess.of(found | more, clear=guess.clear, basis=guess.basis), columns, rows)


def _answered(guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that learns one object if it contains all answers, and is unclear if rows lack answers.

    A null where the answer is expected is an error of the row only if hardly any row has one.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or "response" not in found:
        return guess
    answers = [each for each in columns if each.key in keys_of("response", found["response"])]
    if all(checks(each.key) for each in answers):
        # Data that checks an answer is no answer.
        left = {meaning: key for meaning, key in guess.columns if key != found["response"]}
        return Guess.of(left, clear=guess.clear, basis=guess.basis)
    if len(rows) < LEAST_ROWS:
        return guess
    if len(answers) > 1 and (whole := holding_all(columns, answers, rows)) is not None:
        return Guess.of(found | {"response": whole.key}, clear=guess.clear, basis=guess.basis)
    sure = guess.clear and not (guess.basis == "values" and any(is_given(each.key) for each in answers))
    # What an answer should do may be described, or be an answer.
    sure = sure and not any(describes(each.key) and each.holds is Holds.TEXT for each in answers)
    # Whether there is an answer says nothing of what it is.
    sure = sure and not any(is_flag(each) and strength(each.key, "response") >= Strength.HEAD for each in answers)
    # What a conversation begins from, such as a scenario or a persona, is no answer but by the names of both.
    sure = sure and not (guess.basis == "values" and any(has_word(each.key, PERSONAS) for each in answers))
    return guess._replace(clear=sure and not lack_answers(rows, answers))


def _without_parts(columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess from columns, without parts of the prompt that would be taken for an answer."""
    guess = _of_columns(columns, len(rows))
    while guess is not None and (part := part_of_prompt(guess, columns, rows)) is not None:
        if strength(part, "written") is Strength.WHOLE:
            return guess._replace(clear=False)
        columns = tuple(each for each in columns if each.key != part)
        guess = _of_columns(columns, len(rows))
    if guess is not None and (whole := whole_of_prompt(guess, columns, rows)) is not None:
        return Guess.of({"text": whole})
    return guess


def propose(row: Mapping[str, Any]) -> Guess | None:
    """Return the guess about a single row, which is the same for all rows with such values."""
    if len(row) > _MOST_KEYS:
        return None
    columns = tuple(each.coarse for each in columns_of([row]) if can_be_typed(each.key))
    guess = None if are_turns(columns, [row]) else _of_columns(columns, 1)
    found = {} if guess is None else dict(guess.columns)
    answers = keys_of("response", found.get("response", ""))
    unfit = guess is not None and (is_picked(guess, [row]) or not is_worth(guess, columns, [row]))
    if unfit or any(map(checks, answers)) or (guess is not None and learns_outputs(guess, [row])):
        return None
    if strength(found.get("prompt", ""), "prompt") is Strength.WHOLE and answers and all(map(sorts_questions, answers)):
        return Guess.of({"prompt": found["prompt"]})
    return without_listed_options(with_gold(guess, [row]), [row])


# All rows of a table have the same keys, and values of the same kinds. Few are kept, for keys may be large.
@lru_cache(maxsize=64)
def _of_columns(columns: tuple[SampledColumn, ...], rows: int) -> Guess | None:
    spoken = [each for each in columns if each.holds is Holds.CHAT and not checks(each.key)]
    chats = [each.key for each in spoken if each.answered and not is_side(each)]
    sides, paired = sides_of(columns)
    if chats:
        said = system_of(columns, chats) | {"messages": chats[0]}
        guess: Guess | None = Guess.of(said, clear=len(chats) == 1, basis="values")
    elif sides is not None:
        guess = Guess.of(sides, clear=paired, basis="names")
        if not paired and "prompt" not in sides and (made := corrected(columns, rows)) is not None:
            guess = made
    else:
        guess = of_texts(columns, rows)
    if guess is None:
        asked = [each for each in spoken if not is_side(each)]
        if len(asked) != 1:
            return None
        labels = [each.key for each in columns if each.holds is Holds.LABEL and has_word(each.key, JUDGED)]
        judged = {"response": labels[0], "category": labels[0]} if asked[0].asked and len(labels) == 1 else {}
        return Guess.of({"prompt" if asked[0].asked else "messages": asked[0].key} | judged)
    found = dict(guess.columns)
    categories = [*named_as(columns, "category"), *named_as(columns, "group")]
    free = [each for each in columns if each.key not in found.values()]
    twins = [each for each in free if are_directions(each, found.get("response", ""))]
    if len(twins) == 1:
        joined = JOIN.join(each.key for each in columns if each.key in (found["response"], twins[0].key))
        return Guess.of(
            {meaning: key for meaning, key in found.items() if meaning != "category"} | {"response": joined}
        )
    return Guess.of(found | _category(categories, found, rows, clear=guess.clear), clear=guess.clear, basis=guess.basis)


def _slips(row: Mapping[str, Any], plain: Collection[str]) -> bool:
    """Whether a key misspells one of a known shape; capitals may be intended, and so may the names in ``plain``."""
    return any(key.strip().lower() != meant and key not in plain for key, meant in misspelled(row, "row"))


def _sorts_all(key: str) -> bool:
    """Whether a key is a category by its name, or sorts rows by its whole name."""
    return strength(key, "category") >= Strength.HEAD or strength(key, "group") is Strength.WHOLE


def _category(
    categories: Sequence[SampledColumn], found: Mapping[str, str], rows: int, *, clear: bool
) -> dict[str, str]:
    """Return the category that the rows have as well."""
    # A key that most rows lack is no category of all, such as the second level of labels.
    free = [each for each in categories if each.key not in found.values() and not (is_about(each) or each.unsaid)]
    if words := shared_words(found.get("prompt", ""), found.get("response", "")):
        # The type of a publication sorts no ``qa_question`` and its ``qa_answer``.
        free = [each for each in free if not words.isdisjoint(fold_name(each.key)) or _sorts_all(each.key)]
    free = [each for each in free if not (has_word(each.key, _LENGTHS) or fold_name(each.key)[:1] in _WRITERS)]
    free = [each for each in free if rows < LEAST_ROWS or each.holds is not Holds.TEXT or each.distinct < VARIED]
    # Proposed is what sorts the rows. Where columns are clear, the one value of a part may stand next to others.
    free = [each for each in free if clear or rows < 2 or each.distinct * rows >= 2]
    fitting = (
        each for each in free if each.holds in (Holds.LABEL, Holds.NUMBER) or (each.short and each.holds is Holds.TEXT)
    )
    # A constant sorts nothing, unless rows are few.
    sorting = (each for each in fitting if rows < _FEW or is_class(each) or not 0 < each.distinct * rows < 1.5)
    first = next(sorting, None)
    return {} if first is None or "category" in found else {"category": first.key}
