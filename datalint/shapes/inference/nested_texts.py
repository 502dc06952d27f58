"""Rows whose texts are in objects, with a key for each of them: ``pos_answer.answer``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.named_languages import ENGLISH, language_of, without_language
from datalint.shapes.evidence.names import CLASS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import NESTED, Guess, can_be_typed, keys_of
from datalint.shapes.key_paths import value_of
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, strength

#: Levels of objects, and keys of one of them, that are looked into.
_DEPTH: Final = 2
_MOST: Final = 20
#: Languages of a text and its translation.
_PAIR: Final = 2
#: Names of lists of turns.
_TURNS: Final = ("messages", "conversations", "conversation", "turns", "dialogue", "dialog")
#: Names of a text that is translated.
_SOURCES: Final = ("source", "src", "source_text", "original", "original_text", "text", "sentence")
_LABELLED: Final = (Holds.LABEL, Holds.NUMBER)
#: Characters of the code of a language.
_CODE: Final = 3


def open_objects(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the values of their objects under dotted keys; none where no row has an object."""
    if not any(isinstance(item, dict) for row in rows for item in row.values()):
        return []
    return [_opened(row, _DEPTH) for row in rows]


def _opened(row: Mapping[str, Any], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in row.items():
        if isinstance(item, dict) and 0 < len(item) <= _MOST and depth and NESTED not in key:
            inner = _opened(item, depth - 1)
            found.update((f"{key}{NESTED}{name}", value) for name, value in inner.items())
        else:
            found[key] = item
    return found


def are_apart(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the response is in another object than the prompt, or one object contains everything."""
    found = dict(guess.columns)
    learned = [found[each] for each in ("response", "chosen") if each in found]
    asked, opened_keys = found.get("prompt", ""), {key for _, key in guess.columns if NESTED in key}
    if not learned or not opened_keys:
        return bool(opened_keys)
    # Next to texts in several languages, a key ``source`` is their original, and not the source of the row.
    translated = _SOURCES if language_of(learned[0].rpartition(NESTED)[2]) else ()
    kinds = [
        (isinstance(item, dict), isinstance(item, str) and (key in translated or not strength(key, "about")), key)
        for row in rows
        for key, item in row.items()
    ]
    objects = Counter(key for is_object, _, key in kinds if is_object)
    texts = Counter(key for _, is_text, key in kinds if is_text)
    alone = sum(2 * size >= len(rows) for size in objects.values()) == 1
    others = any(2 * size >= len(rows) for size in texts.values())
    return (alone and not others) or asked.partition(NESTED)[0] != learned[0].partition(NESTED)[0]


def of_one_object(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess whose response is from another object than the prompt with the one next to the prompt instead.

    Where there is a question and an answer for each of several languages, no answer is that of another language's
    question. Other guesses are returned unchanged.
    """
    found = {} if guess is None else dict(guess.columns)
    asked, learned = (found.get(each, "").rpartition(NESTED) for each in ("prompt", "response"))
    if guess is None or not asked[0] or not learned[0] or asked[0] == learned[0] or asked[2] == learned[2]:
        return guess
    own = f"{asked[0]}{NESTED}{learned[2]}"
    if not all(isinstance(value_of(row, own), str) for row in rows):
        return guess
    return guess._replace(columns=tuple({**found, "response": own}.items()))


def asks_within(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a prompt that differs from row to row stands next to an object with a question and the answer.

    The object may be what the prompt asks for.
    """
    found = dict(guess.columns)
    top, asked = found.get("response", "").partition(NESTED)[0], found.get("prompt", "")
    inner = [key.rpartition(NESTED)[2] for key in keys_of("context", found.get("context", "")) if _is_under(key, top)]
    if NESTED in asked or not any(strength(key, "prompt") is Strength.WHOLE for key in inner):
        return False
    texts = [text for row in rows if isinstance(text := row.get(asked), str)]
    return 2 * len({*texts}) > len(texts)


def _is_under(key: str, top: str) -> bool:
    return key.startswith(f"{top}{NESTED}")


def in_languages(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows whose only texts are in one object, which has a text for each language.

    It is no sure one if there are several translations, also of a text next to the object, or few or short texts, or if
    the text has a label.
    """
    objects: dict[str, list[Any]] = {
        key: [row.get(key) for row in rows] for key in rows[0] if isinstance(rows[0][key], dict)
    }
    spoken = {key: values for key, values in objects.items() if all(map(_is_in_languages, values))}
    if len(spoken) != 1:
        return None
    ((key, values),) = spoken.items()
    texts = [each for each in columns_of([each for each in values if each]) if each.holds is Holds.TEXT]
    if len(texts) < _PAIR or not can_be_typed(key):
        return None
    columns = columns_of(rows)
    sources = [each.key for each in columns if each.holds is Holds.TEXT and each.key in _SOURCES]
    if len(sources) == 1:
        return Guess.of({"prompt": sources[0], "response": f"{key}{NESTED}{texts[0].key}"})
    first, *others = sorted(texts, key=lambda each: each.key.lower() not in ENGLISH) if texts[_PAIR:] else texts
    labels = [each.key for each in columns if each.holds in _LABELLED and has_word(each.key, CLASS)]
    if labels:
        # Translations of a text that is labelled.
        return Guess.of({"prompt": f"{key}{NESTED}{first.key}", "response": labels[0], "category": labels[0]})
    clear = len(others) == 1 and len(rows) >= LEAST_ROWS and all(each.length > LONG for each in texts)
    found = {"prompt": f"{key}{NESTED}{first.key}", "response": f"{key}{NESTED}{others[0].key}"}
    return Guess.of(found, clear=clear, basis="names")


def _is_in_languages(value: object) -> bool:
    """Whether a value is an object with a text for each of several languages, most of whose codes are known."""
    if not isinstance(value, dict) or not _PAIR <= len(value) <= _MOST:
        return False
    named = [key for key in value if language_of(key) and not without_language(key)]
    coded = all(key in named or len(key) <= _CODE for key in value)
    return coded and 2 * len(named) > len(value) and all(isinstance(text, str | None) for text in value.values())


def reads_more(inner: Guess, guess: Guess | None) -> bool:
    """Whether a guess about the contents of objects has a prompt and a response, and the one about rows only a text."""
    if guess is None or guess.clear or not {"text"} <= dict(guess.columns).keys() <= {"text", "category"}:
        return False
    found = dict(inner.columns)
    return "response" in found and use_of(found.get("prompt", "").partition(NESTED)[0]) in ("unknown", "context")


def has_turns(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a guess is about turns under a name that trainers expect, in the only object of a row with a list.

    What else that object has is about the conversation, such as an id.
    """
    found = dict(guess.columns)
    top, _, inner = found.get("messages", "").partition(NESTED)
    if found.keys() != {"messages"} or inner not in _TURNS:
        return False
    near = {key for row in rows if isinstance(row.get(top), dict) for key in row[top] if key != inner}
    if any(use_of(key) != "metadata" for key in near):
        return False
    objects = ((key, item) for row in rows for key, item in row.items() if isinstance(item, dict) and key != top)
    return not any(isinstance(value, list) for _, item in objects for value in item.values())


def are_wrapped(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each row is one object, whose key all rows have, as ``item`` in rows of OpenAI's evaluations."""
    keys = {key for row in rows for key in row}
    return len(keys) == 1 and all(isinstance(item, dict) for row in rows for item in row.values())


def is_named(guess: Guess) -> bool:
    """Whether both prompt and response of a guess are so by their names, or it is about a conversation."""
    found = dict(guess.columns)
    if "messages" in found:
        return True
    names = {meaning: (key, key.rpartition(NESTED)[2]) for meaning, key in guess.columns}
    sides = ((names.get(each, ()), each) for each in ("prompt", "response"))
    return all(any(strength(name, each) >= Strength.HEAD for name in found) for found, each in sides)
