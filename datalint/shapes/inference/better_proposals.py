"""Better proposals than the first guess: translated prompts, questions about a text, and texts that explain two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import MACHINE_MADE, has_word, is_about, is_language
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.shapes.inference.texts.learned_parts import revision_of
from datalint.shapes.inference.texts.one_language import in_one_language
from datalint.support.empty_cells import EMPTY_CELLS
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import Strength, strength

#: Languages of one text from which on a row is no pair of a translation.
_LANGUAGES: Final = 3
#: Texts that another one is written of, at most: of more, nothing says which.
_PARTS: Final = 2
#: Share of distinct sentences of which each may be one that several texts are written of.
_REPEATED: Final = 0.2
#: Characters of a title that a text begins with, and those of either that are compared.
_TITLE: Final = 10
_BEGINNING: Final = 400
#: Words of the names of what a program recognized.
_RECOGNIZED: Final = ("ocr", "asr")
#: Words of the names of translations, and the share of rows without one from which on it is no answer.
_TRANSLATED: Final = ("translation", "translated")
_LACKING: Final = 0.2
#: Share of the rows in which a part of a text stands in it.
_NEARLY_ALL: Final = 0.9
#: Marks of what is seen or heard in a prompt.
_MEDIA: Final = ("<image>", "<video>", "<audio>")


def better_proposal(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a better proposal than an unclear guess about many rows; any other guess as it is."""
    if guess is None or guess.clear or len(rows) < LEAST_ROWS // 2:
        return guess
    columns = columns_of(rows)
    return next((found for each in BETTER if (found := each.propose(guess, columns, rows)) is not None), guess)


def _of_headed(guess: Guess, _: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about plain texts whose titles, the first words of most of them, were taken for prompts."""
    found = dict(guess.columns)
    if found.keys() != {"prompt", "response"}:
        return None
    pairs = [tuple(_begin(row.get(found[meaning])) for meaning in ("prompt", "response")) for row in rows]
    headed = sum(len(title) >= _TITLE and text != title and text.startswith(title) for title, text in pairs)
    return Guess.of({"text": found["response"]}) if 2 * headed > len(rows) else None


def _begin(value: object) -> str:
    """Return the words at the beginning of a text."""
    return " ".join(value[:_BEGINNING].split()) if isinstance(value, str) else ""


def _of_languages(guess: Guess, columns: Sequence[SampledColumn], _: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about prompts in the first of several languages; None for pairs and texts that ask nothing."""
    found = dict(guess.columns)
    spoken = [each for each in columns if each.holds is Holds.TEXT and is_language(each.key.strip().lower())]
    asked = next((each for each in spoken if each.key == found.get("prompt")), None)
    if asked is None or not asked.asks or len(spoken) < _LANGUAGES:
        return None
    return Guess.of({"prompt": asked.key}) if any(each.key == found.get("response") for each in spoken) else None


def _of_question(guess: Guess, columns: Sequence[SampledColumn], _: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about questions that a longer text answers, where this was taken for what is asked."""
    found = dict(guess.columns)
    keys = keys_of("context", found.get("context", ""))
    if strength(found.get("prompt", ""), "prompt") >= Strength.WORD or "response" not in found or len(keys) != 1:
        return None
    asked = next((each for each in columns if each.key == keys[0]), None)
    text = next((each for each in columns if each.key == found["prompt"]), None)
    if asked is None or text is None or not asked.asks or text.length <= asked.length:
        return None
    heading = strength(found["response"], "heading") >= Strength.HEAD
    named = strength(asked.key, "prompt") is Strength.WHOLE and heading
    return Guess.of({"prompt": asked.key, "response": text.key}) if named else None


def _of_one_question(guess: Guess, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess with the one question that all rows ask about a picture, where another text was taken for it."""
    found = dict(guess.columns)
    if strength(found.get("prompt", ""), "prompt") >= Strength.HEAD or not {"prompt", "response"} <= found.keys():
        return None
    named = [each.key for each in columns if strength(each.key, "prompt") is Strength.WHOLE and can_be_typed(each.key)]
    asked = next((key for key in named if all(_shows(row.get(key)) for row in rows)), None)
    return None if asked is None else guess._replace(columns=Guess.of(found | {"prompt": asked}).columns)


def _of_class(guess: Guess, _: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the class of a text, where a translation that many rows lack was taken for it."""
    found = dict(guess.columns)
    if found.keys() != {"prompt", "response", "category"} or not has_word(found["response"], _TRANSLATED):
        return None
    lacking = sum(str(row.get(found["response"]) or "").strip().lower() in ("", *EMPTY_CELLS) for row in rows)
    return Guess.of(found | {"response": found["category"]}) if lacking >= _LACKING * len(rows) else None


def _of_recognized(guess: Guess, columns: Sequence[SampledColumn], _: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that reads what a program recognized in a picture or in speech together with the other texts.

    Many pictures have no text, and none of the texts is asked about another.
    """
    found = dict(guess.columns)
    if "context" not in found or "response" not in found or not has_word(found.get("prompt", ""), _RECOGNIZED):
        return None
    texts = (found["prompt"], *keys_of("context", found["context"]))
    joined = JOIN.join(each.key for each in columns if each.key in texts)
    return Guess.of({key: value for key, value in found.items() if key != "context"} | {"prompt": joined})


def _shows(value: object) -> bool:
    """Whether a text has the mark of a picture or sound, and words."""
    return isinstance(value, str) and any(value.strip().startswith(mark) and value.strip() != mark for mark in _MEDIA)


def _of_parts(guess: Guess, columns: Sequence[SampledColumn], _: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns a text of one or two others; None if there are no others to read.

    Without columns, where it is one of more texts, of which none is the text by its name.
    """
    found = dict(guess.columns)
    text = next(
        (each for each in columns if found.keys() <= {"text", "category"} and each.key == found.get("text")), None
    )
    if text is None or strength(text.key, "text") >= Strength.WORD or strength(text.key, "written") < Strength.HEAD:
        return None
    others = [each for each in columns if each is not text and each.holds is Holds.TEXT and not is_about(each)]
    # Of what several texts are written of, each has a few rows.
    others = [each for each in others if each.distinct >= (_REPEATED if each.length > LONG else VARIED)]
    others = [each for each in others if not each.sparse and can_be_typed(each.key)]
    if not others or len(others) > _PARTS:
        return guess._replace(columns=()) if others else None
    context = {"context": others[1].key} if len(others) > 1 else {}
    return Guess.of({"prompt": others[0].key, "response": text.key} | context)


def _of_relation(guess: Guess, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns how the parts of a text are related, where these were taken for the answer.

    It is about tables without names: the parts stand in the text, and of the other columns one has few values.
    """
    found = dict(guess.columns)
    if not {"prompt", "response"} <= found.keys() or not all(map(is_unnamed, columns)):
        return None
    text = found["prompt"]
    parts = [each.key for each in columns if each.key != text and _stand_in(text, each.key, rows) >= _NEARLY_ALL]
    others = [each for each in columns if each.key not in (text, *parts) and each.holds is Holds.LABEL]
    learned = {*keys_of("response", found["response"])}
    if len(others) != 1 or not learned <= {*parts, others[0].key} or learned.isdisjoint(parts):
        return None
    label = others[0].key
    read = {"prompt": text, "context": JOIN.join(parts)}
    return Guess.of(read | {"response": label, "category": label})


def _stand_in(text: str, part: str, rows: Sequence[Mapping[str, Any]]) -> float:
    """Return the share of the rows whose text has the words under another key."""
    pairs = [(str(row.get(text) or "").lower(), str(row.get(part) or "").strip().lower()) for row in rows]
    return sum(bool(words) and words in whole for whole, words in pairs) / max(len(pairs), 1)


def _of_edit(guess: Guess, columns: Sequence[SampledColumn], _: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns what a person made of a machine's translation, where this was taken for it."""
    found = dict(guess.columns)
    if not has_word(found.get("response", ""), MACHINE_MADE):
        return None
    edited = revision_of(columns)
    return Guess.of(found | {"response": edited}) if edited and edited not in found.values() else None


class Better(NamedTuple):
    """A better proposal than a guess, or None, and what the rows that it is for say."""

    propose: Callable[[Guess, Sequence[SampledColumn], Sequence[Mapping[str, Any]]], Guess | None]
    why: str


#: All better proposals, the first of which that applies is made.
BETTER: Final = (
    Better(_of_headed, "the first words of a text are no prompt for it"),
    Better(_of_languages, "of several languages, the first one asks"),
    Better(in_one_language, "a question is answered in its language"),
    Better(_of_edit, "what was edited is learned instead of the translation of a machine"),
    Better(_of_question, "a longer text answers a question, and does not ask it"),
    Better(_of_one_question, "all rows ask one question about a picture"),
    Better(_of_class, "a translation that many rows lack is not learned, and the class of a text is"),
    Better(_of_recognized, "what was recognized in a picture is read with the other texts"),
    Better(_of_relation, "parts of a text are read, and their relation is learned"),
    Better(_of_parts, "a text that is named as written is made of the others"),
)
