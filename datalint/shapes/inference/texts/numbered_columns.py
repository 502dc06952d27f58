"""Columns that are one list by their numbers: ``Symptom_1`` to ``Symptom_17`` with their label, or turns of two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import CHOICE, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.fields import are_in_turn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.speakers import speaker_role

_NUMBERED: Final = re.compile(r"(.{1,60}?)[ _-]?(\d{1,2})")
#: Last words of the names of what is asked once, and not turn by turn.
_TASKS: Final = frozenset("instruction instructions task tasks problem problems".split())
#: Characters of the key of a turn at most.
_LONGEST: Final = 60
#: Keys of a message.
_MESSAGE: Final = frozenset(("role", "content"))
#: Columns of a list at least.
_LEAST: Final = 3
#: Sentences from which on these are turns: a story may have five.
_MANY: Final = 8
#: What columns of words hold; the last ones of a list may hold nothing, or one word.
_WORDS: Final = (Holds.TEXT, Holds.LABEL, Holds.OTHER, Holds.NOTHING)


def numbered_parts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return what is proposed for numbered columns next to a label, and at most one other text; None for other rows.

    Those of them that nobody fills, or that are like others, are parts of the list too. They are short, or, next to a
    text such as a claim, facts about this.
    """
    keys = dict.fromkeys(key for row in rows for key in row)
    found = {key: match for key in keys if (match := _NUMBERED.fullmatch(key)) is not None}
    parts = [each for each in columns if each.key in found]
    others = [each for each in columns if each not in parts and not is_about(each) and each.holds is not Holds.NOTHING]
    if len(rows) < LEAST_ROWS or len(found) < _LEAST or len({match[1] for match in found.values()}) > 1 or not others:
        return None
    label = others[-1] if len(others) == 1 else next((each for each in others if is_class(each)), others[0])
    claims = [each for each in others if each is not label]
    if claims and (len(claims) > 1 or not is_class(label) or not _is_claim(claims[0])):
        return None
    numbers = [int(match[2]) for match in found.values()]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
        return None
    words = all(each.holds in _WORDS and (each.short or each.holds is Holds.NOTHING) for each in parts)
    if claims:
        words = all((each.holds is Holds.TEXT and each.length > LONG) or each.sparse for each in parts)
    if not words or (label.holds is not Holds.LABEL and not is_class(label)) or label.sparse:
        return None
    # Options of a question are chosen from, and answers are written.
    name = next(iter(found))
    if has_word(name, CHOICE) or strength(name, "response") >= Strength.HEAD:
        return None
    read = {"prompt": JOIN.join((*found, *(each.key for each in claims)))}
    return Guess.of(read | {"response": label.key, "category": label.key})


def _is_claim(column: SampledColumn) -> bool:
    """Whether a column holds the text that others are about."""
    return column.holds is Holds.TEXT and column.distinct >= VARIED and strength(column.key, "response") < Strength.HEAD


def numbered_turns(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about turns of two under numbered keys, such as ``user_1``, ``bot_1``, ``user_2`` …

    Shorter conversations have nothing under the last ones. Under one name (``turn_1``), the prompts are questions, or
    it is only proposed; next to one label, an odd number of turns is what is classified. It is clear if there is no
    other text than a system prompt, and labelled conversations if all are as long. Eight sentences or more are proposed
    as turns.
    """
    found = [(each, *placed) for each in columns if (placed := _placed(each.key)) is not None]
    counts = Counter(name for _, name, _ in found)
    # Next to many turns, a number may be that of something else: Last30Days.
    found = [each for each in found if 2 * counts[each[1]] > max(counts.values())]
    names = list(dict.fromkeys(name for _, name, _ in found))
    if len(names) == 1:
        found.sort(key=lambda each: each[2])  # an export may have them in the order of their names: 1, 10, 2
    turns = [each for each, _, _ in found]
    first, filled = found[0][2] if found else 0, [each for each in turns if each.holds in READABLE]
    if len(rows) < LEAST_ROWS or len(turns) < _LEAST or first > 1 or filled != turns[: len(filled)]:
        return None
    long = [each for each in filled if each.length > LONG / 2 and each.distinct >= VARIED]
    if len(long) < len(filled) or len(long) < _LEAST or any(each.sparse for each in turns[:2]):
        return None
    expected = [(name, number) for number in range(first, found[-1][2] + 1) for name in names]
    sides = _are_sides(names, filled)
    if [(name, number) for _, name, number in found] != expected[: len(found)] or not (
        sides or _are_messages(names, len(turns))
    ):
        return None
    others = [
        e for e in columns if e not in turns and e.holds is Holds.TEXT and not is_about(e) and e.length > LONG / 2
    ]
    system = [each.key for each in columns if strength(each.key, "system") is Strength.WHOLE and each not in turns]
    joined = JOIN.join(each.key for each in turns)
    labels = [each.key for each in columns if each not in turns and is_class(each) and not each.sparse]
    if not sides and len(turns) % 2 and len(labels) == 1 and not others:
        # The last turn is the user's, and its label is what is learned.
        read = {"prompt": joined, "response": labels[0], "category": labels[0]}
        return Guess.of(read, clear=_are_messages(names) and not any(each.sparse for each in turns), basis="names")
    read = {"messages": joined} | ({"system": system[0]} if system else {})
    return Guess.of(read, clear=sides and all(each.key in system for each in others), basis="names")


def numbered_messages(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about messages under numbered keys: ``message_1``, ``message_2`` …, each with a role."""
    found = [(each.key, *placed) for each in columns if (placed := _placed(each.key)) and each.holds is Holds.OBJECT]
    names, keys = {name for _, name, _ in found}, [key for key, _, _ in found]
    numbers = [number for _, _, number in found]
    if len(rows) < LEAST_ROWS or len(found) < _LEAST or len(names) > 1 or not _are_messages([*names]):
        return None
    said = [row[key] for row in rows for key in keys if row.get(key) is not None]
    messages = all(isinstance(each, dict) and _MESSAGE.issubset(each) for each in said)
    if not messages or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
        return None
    return Guess.of({"messages": JOIN.join(keys)}, clear=True, basis="names")


def _are_messages(names: Sequence[str], turns: int = 0) -> bool:
    """Whether one name is that of turns, of which nothing says who asks; many sentences are some too."""
    words = _MESSAGES | _SENTENCES if turns >= _MANY else _MESSAGES
    return len(names) == 1 and not words.isdisjoint(fold_name(names[0]))


def _placed(key: str) -> tuple[str, int] | None:
    """Return the name and the number of a turn, as ``user_1``, ``1_user``, ``turn1_user`` or ``user_turn_1`` have them.

    The word for a turn is a part of the name only if there is no other.
    """
    numbers = re.findall(r"\d{1,3}", key) if len(key) <= _LONGEST else []
    if len(numbers) != 1 or len(numbers[0]) > 2:
        return None
    words = [word for word in re.split(rf"{numbers[0]}|[ _-]", key) if word]
    kept = [word for word in words if word.lower() not in _LISTS] or words
    return (" ".join(kept), int(numbers[0])) if kept else None


def _are_sides(names: Sequence[str], turns: Sequence[SampledColumn]) -> bool:
    """Whether names are those of who asks and who answers, or one is that of turns of which every other one asks.

    Tasks are done one by one.
    """
    if len(names) == 1:
        said = not _LISTS.isdisjoint(fold_name(names[0]))
        return said and all(each.asks for each in turns[::2]) and not any(each.asks for each in turns[1::2])
    asks, answers = (*names, "", "")[:2]
    tasks = not _TASKS.isdisjoint(fold_name(asks)[-1:])
    return len(names) == 2 and not tasks and _says(asks, "prompt", "user") and _says(answers, "response", "assistant")


#: Words of the names of turns, and of lists of what one of two says, next to who it is.
_MESSAGES: Final = frozenset("turn turns message messages utterance utterances".split())
_SENTENCES: Final = frozenset(("sentence", "sentences"))
_LISTS: Final = _MESSAGES | frozenset("text texts list".split())


def turns_apart(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about two lists of as many texts, by their names what the user says and what is answered."""
    lists = [each.key for each in columns if each.holds is Holds.LIST and _LISTS.intersection(fold_name(each.key))]
    roles = {speaker_role(" ".join(word for word in fold_name(key) if word not in _LISTS)): key for key in lists}
    if len(rows) < LEAST_ROWS or len(lists) != 2 or roles.keys() != {"user", "assistant"}:
        return None
    if not all(are_in_turn(row.get(roles["user"]), row.get(roles["assistant"])) for row in rows):
        return None
    return Guess.of({"prompt": roles["user"], "response": roles["assistant"]}, clear=True, basis="names")


def _says(name: str, meaning: str, role: str) -> bool:
    """Whether a name says who speaks, perhaps by its first word, or whether what is said is asked or answered."""
    first = name.split(" ")[0]
    return role in (speaker_role(name), speaker_role(first)) or strength(name, meaning) is Strength.WHOLE
