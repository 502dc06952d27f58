"""Remaining columns of a guess: contexts that the model reads with the prompt, and texts that it does not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.evidence.answers_within import hold_answers
from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.copies import folded
from datalint.shapes.evidence.edits import of_edit
from datalint.shapes.evidence.inputs import inputs, is_premise, is_remark
from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.named_languages import are_translations, in_language_of, language_of
from datalint.shapes.evidence.names import CLASS, OUTPUTS, has_word, is_about, stem
from datalint.shapes.evidence.references import are_citations
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.shapes.inference.labelled.tickets import decides, is_remedy, is_subject
from datalint.shapes.inference.texts.context_names import (
    is_abstract,
    is_document,
    is_in_metadata,
    is_listed_context,
    is_read,
    is_stated,
    is_unclear,
    titles_of,
)
from datalint.shapes.inference.texts.marked_parts import COPIED, marked_parts
from datalint.shapes.inference.texts.object_prompts import with_action, with_objects
from datalint.shapes.inference.texts.pointers import points
from datalint.shapes.inference.texts.previous_turns import earlier_turns
from datalint.shapes.inference.texts.titled_questions import title_above
from datalint.shapes.inference.texts.topics import is_thing, topics_of
from datalint.support.database_schemas import declares_tables
from datalint.support.names.column_names import Strength, fold_name, strength

_READ: Final = (Holds.TEXT, Holds.LIST, Holds.OBJECT, Holds.LABEL, Holds.OTHER)
#: Rows that are compared.
_ROWS: Final = 50
#: Most keys of a context.
_MOST: Final = 8
#: Words of the names of translations.
_TRANSLATED: Final = ("translation", "translations", "translated")
#: Words before the name of a prompt that was written again.
_REWRITTEN: Final = frozenset(
    """optimized optimised rewritten rewrite revised improved enhanced refined paraphrased rephrased reformulated
    """.split()
)
#: Words of the names of right answers, next to those of a model.
_RIGHT_ONES: Final = ("canonical", "gold", "golden", "reference", "expected")


def with_contexts(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about a prompt with all of its contexts.

    A guess that leaves a long text over, whose name says neither that it is read nor that it is about the row, is not
    clear: it becomes a proposal.
    """
    if guess is None:
        return None
    found = dict(guess.columns)
    if "prompt" not in found or found.keys() <= {"prompt", "system", "category"}:
        return guess
    if not guess.clear and "context" in found:
        found = _without_decided(found, rows)
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    free = _free(columns, rows, found)
    near = _near(free, columns, rows, found)
    left = _left(free, near, columns, rows, found)
    response = found.get("response", "")
    stated = is_stated(response) or are_pair(found["prompt"], response) or "chosen" in found
    # Code is what a question leads to, where all other texts are none. It is asked about a text that is most of a row.
    answers = [each for each in columns if each.key in keys_of("response", response)]
    coded = not (stated or any(e.code for e in left)) and any(e.code for e in answers)
    if left and not guess.clear and not (stated or coded):
        return None  # any of several texts may be the answer
    if coded and not guess.clear and strength(found["prompt"], "prompt") >= Strength.HEAD:
        sides = sum(each.length for each in columns if each.key in (found["prompt"], response))
        near += [each for each in left if each.length >= sides]
    clear = guess.clear and (not left or len(rows) < LEAST_ROWS)
    near = [each for each in columns if each in near or (each in free and _outweighs(rows, each, found["prompt"]))]
    topics = topics_of(columns, rows, found)
    near = [e for e in columns if e in near or (e.key not in taken and (is_thing(e) or e in topics))]
    if not clear:
        near = _possible(near, free, columns, rows, found)
    found = _with_near(found, near, columns, rows, clear=clear)
    return with_objects(with_action(Guess.of(found, clear=clear, basis=guess.basis), columns, rows), columns, rows)


def _without_decided(found: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return a guess without the contexts that decide the label, or are in another language than the prompt."""
    kept = [key for key in keys_of("context", found["context"]) if not _decides(rows, key, found)]
    kept = in_language_of(found["prompt"], kept)
    rest = {meaning: key for meaning, key in found.items() if meaning != "context"}
    return rest | ({"context": JOIN.join(kept)} if kept else {})


def _free(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], found: Mapping[str, str]
) -> list[SampledColumn]:
    """Return the columns that a guess leaves over and that say more than facts about the row."""
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    free = [each for each in columns if each.key not in taken and each.holds in _READ and not is_about(each)]
    free = [each for each in free if not (is_in_metadata(each.key) or _is_rewritten(each.key, found["prompt"]))]
    if has_word(found.get("response", ""), ("reference", "references")):
        # Links with what they say are what an answer is judged by.
        return [each for each in free if not are_citations(row.get(each.key) for row in rows)]
    return free


def _is_rewritten(key: str, prompt: str) -> bool:
    """Whether a key is that of the prompt in other words, by its name: ``optimized_prompt`` next to ``prompt``."""
    *before, last = fold_name(key) or ("",)
    return (last,) == fold_name(prompt) and not _REWRITTEN.isdisjoint(before)


def _near(
    free: Sequence[SampledColumn],
    columns: Sequence[SampledColumn],
    rows: Sequence[Mapping[str, Any]],
    found: Mapping[str, str],
) -> list[SampledColumn]:
    """Return the columns that are read with the prompt by their names, and say nothing twice and no answer."""
    edited = (*of_edit(columns, found["prompt"], found.get("response", "")), *earlier_turns(columns))
    near = [each for each in free if each in edited or is_read(each) or is_premise(each, found)]
    near += [each for each in free if each not in near and _has_tables(rows, each, columns, found)]
    labelled = found.get("category", "") == found.get("response")
    near = [each for each in near if not (_is_copied(rows, each, _read(found)) or (labelled and is_remark(each)))]
    # A key that differs from the prompt's only in a number is another prompt.
    near = [each for each in near if fold_name(each.key) != fold_name(found["prompt"])]
    # The prompt in another language, and the name of a document or the place in it, are not read next to it.
    near = [each for each in near if not are_translations(each.key, found["prompt"]) and not points(rows, each)]
    # What was done about a problem is an answer, what decides a label says it, and a short reason is given with a right
    # answer.
    near = [each for each in near if not (is_remedy(each, columns) or _gives_away(each, rows, found))]
    # The subject of a ticket is part of what somebody wrote, even if it decides the label.
    return near + [each for each in free if each not in near and is_subject(each, found["prompt"], columns)]


def _has_tables(
    rows: Sequence[Mapping[str, Any]],
    column: SampledColumn,
    columns: Sequence[SampledColumn],
    found: Mapping[str, str],
) -> bool:
    """Whether a column declares the tables that a query is asked of: the response is code that declares none."""
    answers = [each for each in columns if each.key == found.get("response")]
    # One schema in all rows is no text of each of them.
    if column.holds not in (Holds.TEXT, Holds.OTHER) or not any(each.code for each in answers):
        return False
    texts = [row[column.key] for row in rows[:_ROWS] if row.get(column.key)]
    declared = sum(map(declares_tables, texts))
    return declared >= COPIED * max(len(texts), 1) and not any(
        declares_tables(row.get(answers[0].key)) for row in rows[:_ROWS]
    )


def _left(
    free: Sequence[SampledColumn],
    near: Sequence[SampledColumn],
    columns: Sequence[SampledColumn],
    rows: Sequence[Mapping[str, Any]],
    found: Mapping[str, str],
) -> list[SampledColumn]:
    """Return the long texts of which nothing says whether they are read or learned."""
    if language_of(found["prompt"]):
        return []
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    response, read = found.get("response", ""), _read(found)
    answers = set(keys_of("response", response))
    # A key that differs from a read one only in a number is another answer, or another question.
    stems = set(map(stem, taken))
    left = [each for each in free if each not in near and is_unclear(each) and stem(each.key) not in stems]
    left = [each for each in left if not _is_copied(rows, each, read) and not _contains_answer(rows, each, answers)]
    left = [each for each in left if not each.edits or each.edits not in read]
    left = [each for each in left if not any(are_translations(each.key, key) for key in taken)]
    return [each for each in left if not _is_other_translation(each, found["prompt"], response, columns)]


def _read(found: Mapping[str, str]) -> set[str]:
    return {key for meaning in ("prompt", "context", "system") for key in keys_of(meaning, found.get(meaning, ""))}


def _possible(
    near: Sequence[SampledColumn],
    free: Sequence[SampledColumn],
    columns: Sequence[SampledColumn],
    rows: Sequence[Mapping[str, Any]],
    found: Mapping[str, str],
) -> list[SampledColumn]:
    """Return the contexts of a proposal with all that may be context: the user can remove keys from the line."""
    more: list[SampledColumn] = []
    if len(rows) >= LEAST_ROWS:
        asks = any(each.key == found["prompt"] and each.asks for each in columns)
        more = [each for each in free if is_listed_context(each) or (asks and is_abstract(each))]
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    keys = inputs(columns, taken, found.get("response", ""))
    return [each for each in columns if each in near or each in more or each.key in keys]


def _with_near(
    found: dict[str, str],
    near: Sequence[SampledColumn],
    columns: Sequence[SampledColumn],
    rows: Sequence[Mapping[str, Any]],
    *,
    clear: bool,
) -> dict[str, str]:
    """Return a guess with what is read next to its prompt, but for what holds the answer."""
    response, given = found.get("response", ""), found.get("context")
    if given is None and has_word(response, CLASS) and (marked := marked_parts(columns, rows, found["prompt"])):
        given = JOIN.join(marked)
    near = [each for each in near if not hold_answers(rows, each.key)]
    # What a model wrote is not asked next to what is right.
    near = [each for each in near if not (has_word(response, _RIGHT_ONES) and has_word(each.key, OUTPUTS))]
    keys = [each.key for each in near[:_MOST] if JOIN not in each.key]
    if not keys and strength(response, "response") >= Strength.HEAD:
        keys = [*filter(None, (title_above(columns, rows, found["prompt"], response),))]
    if given is None:
        given = JOIN.join(keys)
    elif clear:
        # Next to the other text of a pair, a document by its whole name is read too.
        given = JOIN.join((given, *(each.key for each in near if each.key in keys and is_document(each))))
    if not clear and given:
        given = JOIN.join((*titles_of(given, columns), given))
    return found | ({"context": given} if given else {})


def _is_other_translation(column: SampledColumn, prompt: str, response: str, columns: Sequence[SampledColumn]) -> bool:
    """Whether a text is in the script of a translation, and its prompt is not: it may be another translation."""
    scripts = {each.key: each.script for each in columns}
    source, target = scripts.get(prompt, ""), scripts.get(response, "")
    return has_word(response, _TRANSLATED) and "" != source != target == column.script


def _gives_away(column: SampledColumn, rows: Sequence[Mapping[str, Any]], found: Mapping[str, str]) -> bool:
    """Whether a column says which response is right: it decides the label, or is a short reason for a gold one."""
    if column.short and has_word(column.key, ("evidence",)) and is_right(found.get("response", "")):
        return len(rows) >= LEAST_ROWS
    return _decides(rows, column.key, found)


def _decides(rows: Sequence[Mapping[str, Any]], key: str, found: Mapping[str, str]) -> bool:
    """Whether the values under a key decide the label that is learned, or say what it means: each has one of them."""
    label = found.get("response", "")
    if label != found.get("category") or len(rows) < LEAST_ROWS:
        return False
    # The same value for all labels, such as an instruction, says nothing of them.
    means = decides(rows, label, key) and len({str(row.get(key)) for row in rows}) > 1
    return means or decides(rows, key, label)


def _outweighs(rows: Sequence[Mapping[str, Any]], column: SampledColumn, prompt: str) -> bool:
    """Whether a list of texts that may be read by its name is longer than its prompt, which is about it."""
    if column.holds is not Holds.LIST or not is_listed_context(column):
        return False
    values = [(as_text(row.get(column.key) or ""), folded(row.get(prompt))) for row in rows[:_ROWS]]
    return sum(len(text) for text, _ in values) > sum(len(asked) for _, asked in values)


def _is_copied(rows: Sequence[Mapping[str, Any]], column: SampledColumn, read: set[str]) -> bool:
    """Whether nearly all texts of a column are within those that are read already, or the same but for capitals."""
    if column.holds is not Holds.TEXT:
        return False
    for key in read:
        pairs = [(folded(row.get(column.key)), folded(row.get(key))) for row in rows[:_ROWS]]
        texts = [(one, other) for one, other in pairs if one and other]
        if texts and sum(one in other or other in one for one, other in texts) >= COPIED * len(texts):
            return True
    return False


def _contains_answer(rows: Sequence[Mapping[str, Any]], column: SampledColumn, answers: set[str]) -> bool:
    """Whether nearly all texts of a column contain a whole answer, which is most of them: a copy of it with more."""
    for key in answers:
        pairs = [(folded(row.get(column.key)), folded(row.get(key))) for row in rows[:_ROWS]]
        texts = [(one, other) for one, other in pairs if one and other]
        if texts and sum(other in one and len(one) <= 2 * len(other) for one, other in texts) >= COPIED * len(texts):
            return True
    return False
