"""Remaining columns of a guess: contexts that the model reads with the prompt, and texts that it does not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.evidence.answers_within import hold_answers
from datalint.shapes.evidence.checking import demands, is_right
from datalint.shapes.evidence.copies import folded
from datalint.shapes.evidence.edits import of_edit
from datalint.shapes.evidence.inputs import RIGHT, inputs, is_premise, is_remark
from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.named_languages import are_translations, in_language_of, language_of
from datalint.shapes.evidence.names import BETTER, CLASS, MACHINE_TRANSLATED, OUTPUTS, WORSE, has_word, is_about, stem
from datalint.shapes.evidence.references import are_citations
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, NESTED, Guess, keys_of
from datalint.shapes.inference.labelled.tickets import decides, is_remedy
from datalint.shapes.inference.texts.object_prompts import with_action, with_objects
from datalint.shapes.inference.texts.pointers import points
from datalint.shapes.inference.texts.previous_turns import earlier_turns
from datalint.shapes.inference.texts.titled_questions import title_above
from datalint.shapes.inference.texts.topics import is_thing, topics_of
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.thought_keys import is_thought

_READ: Final = (Holds.TEXT, Holds.LIST, Holds.OBJECT, Holds.LABEL, Holds.OTHER)
#: Rows that are compared, and the share of them in which one text has the other for it to be a copy.
_ROWS: Final = 50
COPIED: Final = 0.8
#: Most keys of a context.
_MOST: Final = 8
#: Last words, after ``reference``, of keys of sources that an answer is grounded in.
_CITED: Final = frozenset("articles documents docs sources pages chunks passages ids".split())
#: Words of keys of the characters in a conversation, and of earlier events.
PERSONAS: Final = (
    "persona", "personas", "personality", "character", "scenario", "backstory", "history", "vignette", "profile",
)  # fmt: skip
#: First words of the names of both sides of a relation.
_PLACES_IN_RELATIONS: Final = ({"subject", "object"}, {"subj", "obj"}, {"head", "tail"})
#: Words of the names of translations.
_TRANSLATED: Final = ("translation", "translations", "translated")
#: Words of the names of lists of media.
_MEDIA: Final = ("image", "images", "picture", "pictures", "photo", "audio", "audios", "video", "videos", "media")
#: Words of the names of right answers, next to those of a model.
_RIGHT_ONES: Final = ("canonical", "gold", "golden", "reference", "expected")
#: Words of the names of documents.
_DOCUMENTS: Final = ("doc", "document", "passage", "article", "paragraph")
#: Share of distinct values of texts that are of one row each.
_VARIED: Final = 0.5


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
        kept = [key for key in keys_of("context", found["context"]) if not _decides(rows, key, found)]
        kept = in_language_of(found["prompt"], kept)
        found = {meaning: key for meaning, key in found.items() if meaning != "context"}
        found |= {"context": JOIN.join(kept)} if kept else {}
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    free = [each for each in columns if each.key not in taken and each.holds in _READ and not is_about(each)]
    free = [each for each in free if not _is_in_metadata(each.key)]
    read = {key for meaning in ("prompt", "context", "system") for key in keys_of(meaning, found.get(meaning, ""))}
    answers = set(keys_of("response", found.get("response", "")))
    edited = of_edit(columns, found["prompt"], found.get("response", ""))
    edited += earlier_turns(columns)
    near = [each for each in free if each in edited or _is_read(each) or is_premise(each, found)]
    labelled = found.get("category", "") == found.get("response")
    near = [each for each in near if not (_is_copied(rows, each, read) or (labelled and is_remark(each)))]
    # A key that differs from the prompt's only in a number is another prompt.
    near = [each for each in near if fold_name(each.key) != fold_name(found["prompt"])]
    # The prompt in another language, and the name of a document or the place in it, are not read next to it.
    near = [each for each in near if not are_translations(each.key, found["prompt"]) and not points(rows, each)]
    # What was done about a problem is an answer, what decides a label says it, and a short reason is given with a right
    # answer.
    near = [each for each in near if not (is_remedy(each, columns) or _gives_away(each, rows, found))]
    if has_word(found.get("response", ""), ("reference", "references")):
        # Links with what they say are what an answer is judged by.
        free = [each for each in free if not are_citations(row.get(each.key) for row in rows)]
        near = [each for each in near if each in free]
    # A key that differs from a read one only in a number is another answer, or another question.
    stems = set(map(stem, taken))
    left = [each for each in free if each not in near and _is_unclear(each) and stem(each.key) not in stems]
    left = [each for each in left if not _is_copied(rows, each, read) and not _contains_answer(rows, each, answers)]
    left = [each for each in left if not each.edits or each.edits not in read]
    left = [each for each in left if not any(are_translations(each.key, key) for key in taken)]
    left = [] if language_of(found["prompt"]) else left
    response = found.get("response", "")
    left = [each for each in left if not _is_other_translation(each, found["prompt"], response, columns)]
    stated = _is_stated(response) or are_pair(found["prompt"], response) or "chosen" in found
    # Code is what a question leads to, where all other texts are none. It is asked about a text that is most of a row.
    coded = not (stated or any(e.code for e in left)) and any(e.code for e in columns if e.key in answers)
    if left and not guess.clear and not (stated or coded):
        return None  # any of several texts may be the answer
    if coded and not guess.clear and strength(found["prompt"], "prompt") >= Strength.HEAD:
        sides = sum(each.length for each in columns if each.key in (found["prompt"], response))
        near += [each for each in left if each.length >= sides]
    clear = guess.clear and (not left or len(rows) < LEAST_ROWS)
    near = [each for each in columns if each in near or (each in free and _outweighs(rows, each, found["prompt"]))]
    topics = topics_of(columns, rows, found)
    near = [e for e in columns if e in near or (e.key not in taken and (is_thing(e) or e in topics))]
    if not clear and len(rows) >= LEAST_ROWS:
        # The user can remove keys from a proposed line, so it lists what may be context.
        asks = any(each.key == found["prompt"] and each.asks for each in columns)
        more = [each for each in free if _is_listed_context(each) or (asks and _is_abstract(each))]
        near = [each for each in columns if each in near or each in more]
    if not clear:
        near = [each for each in columns if each in near or each.key in inputs(columns, taken, response)]
    if (
        "context" not in found
        and has_word(response, CLASS)
        and (marked := marked_parts(columns, rows, found["prompt"]))
    ):
        found["context"] = JOIN.join(marked)
    near = [each for each in near if not hold_answers(rows, each.key)]
    # What a model wrote is not asked next to what is right.
    near = [each for each in near if not (has_word(response, _RIGHT_ONES) and has_word(each.key, OUTPUTS))]
    keys = [each.key for each in near[:_MOST] if JOIN not in each.key]
    if not keys and strength(response, "response") >= Strength.HEAD:
        keys = [*filter(None, (title_above(columns, rows, found["prompt"], response),))]
    if "context" not in found and keys:
        found["context"] = JOIN.join(keys)
    elif clear and "context" in found:
        # Next to the other text of a pair, a document by its whole name is read too.
        documents = [each.key for each in near if each.key in keys and _is_document(each)]
        found["context"] = JOIN.join((found["context"], *documents))
    if not clear and "context" in found:
        found["context"] = JOIN.join((*_titles_of(found["context"], columns), found["context"]))
    return with_objects(with_action(Guess.of(found, clear=clear, basis=guess.basis), columns, rows), columns, rows)


def _is_in_metadata(key: str) -> bool:
    """Whether a key reaches into metadata of the row, such as ``document_metadata.origin_article``: no ``context``."""
    top, _, inner = key.partition(NESTED)
    return bool(inner) and use_of(top) == "metadata" and strength(inner, "context") is not Strength.WHOLE


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
    """Whether the values under a key decide the label that is learned."""
    label = found.get("response", "")
    return label == found.get("category") and len(rows) >= LEAST_ROWS and decides(rows, key, label)


def _is_stated(key: str) -> bool:
    """Whether an answer is one by its name, a label too."""
    if has_word(key, (*CLASS, *BETTER)) or strength(key, "written") is Strength.WHOLE:
        return True
    return any(strength(key, each) >= Strength.HEAD for each in ("response", "act"))


def _is_unclear(column: SampledColumn) -> bool:
    """Whether a column holds long texts of which its name says nothing."""
    if column.holds is not Holds.TEXT or column.length <= 2 * LONG or column.distinct < _VARIED:
        return False
    if column.listed or column.within:
        return False
    if NESTED in column.key or use_of(column.key) in ("learned", "metadata"):
        return False
    if has_word(column.key, (*OUTPUTS, *MACHINE_TRANSLATED, "raw")):
        return False
    if is_thought(column.key):
        return False
    meanings = ("response", "prompt", "written", "heading", "test", "remark", "system")
    return not any(strength(column.key, each) for each in meanings) and not has_word(column.key, (*BETTER, *WORSE))


def _is_read(column: SampledColumn) -> bool:
    """Whether a column holds what the model reads, by its name."""
    words = fold_name(column.key)
    if words[:1] == ("reference",) and words[-1] in _CITED and column.holds is Holds.LIST:
        return False  # the sources that an answer should cite
    if demands(column.key):
        return False
    if has_word(column.key, (*BETTER, *WORSE, *RIGHT)) or strength(column.key, "response") >= Strength.HEAD:
        return False
    if column.holds is Holds.LABEL and strength(column.key, "category"):
        return False
    long = column.length > LONG or column.holds is Holds.LIST
    if strength(column.key, "context") >= Strength.HEAD or (long and has_word(column.key, PERSONAS)):
        return True
    return column.holds is Holds.TEXT and column.length > LONG and strength(column.key, "prompt") >= Strength.HEAD


def _is_document(column: SampledColumn) -> bool:
    """Whether a column holds documents of some length, by its whole name."""
    long = column.holds is Holds.TEXT and column.length > 2 * LONG
    return long and has_word(column.key, _DOCUMENTS) and strength(column.key, "context") is Strength.WHOLE


def _is_listed_context(column: SampledColumn) -> bool:
    """Whether a list or an object may be read by its name, and is no response."""
    if column.holds not in (Holds.LIST, Holds.OBJECT) or strength(column.key, "response") >= Strength.HEAD:
        return False
    if demands(column.key):
        return False
    return use_of(column.key) == "context" and not has_word(column.key, (*OUTPUTS, *_MEDIA, *RIGHT))


def _is_abstract(column: SampledColumn) -> bool:
    """Whether a column holds the abstracts of articles, which questions may be about."""
    return fold_name(column.key)[-1:] == ("abstract",) and column.holds is Holds.TEXT and column.length > 2 * LONG


def _titles_of(contexts: str, columns: Sequence[SampledColumn]) -> list[str]:
    """Return the keys of titles of the documents that are read, by both names: ``doc_title`` next to ``document``."""
    read = keys_of("context", contexts)
    if not any(has_word(key, _DOCUMENTS) for key in read):
        return []
    titled = {(word, "title") for word in _DOCUMENTS}
    return [e.key for e in columns if e.holds is Holds.TEXT and e.key not in read and fold_name(e.key) in titled]


def _outweighs(rows: Sequence[Mapping[str, Any]], column: SampledColumn, prompt: str) -> bool:
    """Whether a list of texts that may be read by its name is longer than its prompt, which is about it."""
    if column.holds is not Holds.LIST or not _is_listed_context(column):
        return False
    values = [(as_text(row.get(column.key) or ""), folded(row.get(prompt))) for row in rows[:_ROWS]]
    return sum(len(text) for text, _ in values) > sum(len(asked) for _, asked in values)


def marked_parts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], text: str) -> list[str]:
    """Return the paths of two related texts, each in an object of its own, that are marked in another text."""
    objects = [each for each in columns if each.holds is Holds.OBJECT and NESTED not in each.key]
    found: list[tuple[tuple[str, ...], str]] = []
    for each in objects:
        values = [(row.get(each.key), folded(row.get(text))) for row in rows[:_ROWS]]
        first = next((value for value, _ in values if isinstance(value, dict)), {})
        names = [key for key, item in first.items() if isinstance(item, str) and item]
        name = next((each for each in names if _are_inside(values, each)), None)
        if name is not None:
            found.append((stem(each.key), f"{each.key}{NESTED}{name}"))
    return [path for _, path in found] if len(found) == 2 and _are_twins(found[0][0], found[1][0]) else []


def _are_twins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words of two names are the same but for their place in a relation, such as subject and object."""
    return one == other or (one[1:] == other[1:] and {*one[:1], *other[:1]} in _PLACES_IN_RELATIONS)


def _are_inside(values: Sequence[tuple[object, str]], name: str) -> bool:
    """Whether nearly all values have a text under a name, and it is within the text next to them."""
    texts = [(folded(value.get(name)), whole) for value, whole in values if isinstance(value, dict)]
    return sum(bool(one) and one in whole for one, whole in texts) >= COPIED * max(len(values), 1)


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
