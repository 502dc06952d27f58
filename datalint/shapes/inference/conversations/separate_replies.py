"""Conversations whose last answer stands under a key of its own: messages that end with the user, and a response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import IN_TURN
from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import BETTER, WORSE, has_word
from datalint.shapes.evidence.sampled import LONG, READABLE, Holds, SampledColumn, width
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.learned_parts import DRAFTED
from datalint.shapes.inference.texts.sides import sides_of
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.revised_keys import is_revised

#: Names of lists of messages that are no preference, score or test, without numbers and separators.
_CHATS: Final = frozenset(
    """messages conversation conversations dialogue dialogues dialog dialogs chat history chathistory messagehistory
    conversationinput
    conversationhistory dialoghistory dialoguehistory promptmessages inputmessages previousmessages priormessages
    context
    """.split()
)
#: Words of their last names in cases of a test, whose turns may have any keys.
_TURNS: Final = frozenset(("turns", "conversation", "dialogue", "dialog", "chat", "history"))
#: The list of messages that reinforcement fine-tuning has as well, with any keys for its grader.
_GRADED: Final = "messages"
#: Keys of answers as they are written; others may be what a grader compares with.
_WRITTEN: Final = frozenset(("response", "completion", "output", "reply"))
#: Words of keys of references, with which answers are compared.
_COMPARED: Final = ("reference", "expected", "gold", "golden", "truth", "target", "correct")
#: Share of the values that must be as described.
_NEARLY_ALL: Final = 0.9
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", "؟", "।", '"', "”", "」", ")")


def separate_replies(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about conversations that end with the user, or lists of texts that do, and their answer.

    Texts take turns and end before the answer, so that nearly all lists have an odd number of them, some of more than
    one. Messages under ``messages`` have the answer to be learned only if it is a sentence or more: a shorter one is
    what a grader compares with.
    """
    chats = [each for each in columns if each.holds is Holds.CHAT]
    if len(chats) == 1 and chats[0].asked and (judged := _with_sides(columns, chats[0])) is not None:
        return judged
    if len(chats) == 1 and chats[0].asked and (called := _with_call(columns, chats[0])) is not None:
        return called
    if len(chats) == 1 and (case := _with_reference(columns, chats[0])) is not None:
        return case
    answers = [each for each in columns if strength(each.key, "response") is Strength.WHOLE and not each.sparse]
    answers = [each for each in answers if each.holds in READABLE or _is_message(rows, each.key)]
    if not answers:
        answers = [each for each in columns if strength(each.key, "response") is Strength.HEAD and _is_long(each)]
    if len(answers) > 1:
        # A draft and its revision.
        revised = [each for each in answers if is_revised(each.key)]
        answers = revised if all(each in revised or has_word(each.key, DRAFTED) for each in answers) else answers
    if len(answers) != 1:
        return None
    answer = answers[0].key
    if len(chats) == 1 and chats[0].asked and _name(chats[0].key) in _CHATS and _are_messages(rows, chats[0].key):
        graded = chats[0].key == _GRADED and not _is_written(columns, answers[0], rows)
        asked = [each for each in columns if strength(each.key, "prompt") is Strength.WHOLE]
        system = {"system": "system"} if any(e.key == "system" and e.holds is Holds.TEXT for e in columns) else {}
        found = system | {"prompt": chats[0].key, "response": answer}
        return None if graded or asked else Guess.of(found, clear=True, basis="names")
    asked = [each for each in columns if strength(each.key, "prompt") is Strength.WHOLE]
    lists = [each.key for each in columns if each.holds is Holds.LIST and _name(each.key) in IN_TURN]
    if chats or asked or len(lists) != 1 or not _take_turns(rows, lists[0]):
        return None
    return Guess.of({"messages": lists[0], "response": answer}, clear=True, basis="values")


def _with_sides(columns: Sequence[SampledColumn], chat: SampledColumn) -> Guess | None:
    """Return the guess about a conversation that ends with the user, and a better and a worse answer to it."""
    sides, _ = sides_of([each for each in columns if each is not chat])
    if sides is None or "prompt" in sides or has_word(chat.key, (*BETTER, *WORSE)):
        return None
    return Guess.of({"prompt": chat.key} | sides, clear=True, basis="names")


def _with_call(columns: Sequence[SampledColumn], chat: SampledColumn) -> Guess | None:
    """Return the guess about a conversation that ends with the user, and the object that follows, such as a call."""
    answers = [each for each in columns if strength(each.key, "response") is Strength.WHOLE and not checks(each.key)]
    asked = any(strength(each.key, "prompt") is Strength.WHOLE for each in columns)
    if len(answers) != 1 or answers[0].holds is not Holds.OBJECT or asked:
        return None
    if chat.key == _GRADED or _name(chat.key) not in _CHATS:
        return None
    # Answers of models to compare with are perhaps not what is learned.
    clear = not has_word(answers[0].key, ("reference", "references"))
    return Guess.of({"prompt": chat.key, "response": answers[0].key}, clear=clear, basis="names")


def _with_reference(columns: Sequence[SampledColumn], chat: SampledColumn) -> Guess | None:
    """Return the guess about test cases: conversations of user turns alone, and the expected answer in sentences."""
    asked = [each for each in columns if strength(each.key, "prompt") is Strength.WHOLE]
    if chat.answered or not chat.asked or asked or _TURNS.isdisjoint(fold_name(chat.key)[-1:]):
        return None
    answers = [each for each in columns if strength(each.key, "response") >= Strength.HEAD and not checks(each.key)]
    answers = [each for each in answers if not has_word(each.key, (*BETTER, *WORSE))]
    if len(answers) != 1 or not has_word(answers[0].key, _COMPARED) or not _are_sentences(answers[0]):
        return None
    return Guess.of({"prompt": chat.key, "response": answers[0].key}, clear=True, basis="names")


def _is_long(column: SampledColumn) -> bool:
    """Whether a column holds sentences that answer, and is not what answers are compared with by its name."""
    return not has_word(column.key, _COMPARED) and _are_sentences(column)


def _are_sentences(column: SampledColumn) -> bool:
    if column.sparse:
        return False
    return column.holds is Holds.TEXT and column.length > LONG and column.distinct >= VARIED


def _name(key: str) -> str:
    return "".join(fold_name(key))


def _are_messages(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether turns have the keys of a role and a text that all trainers know."""
    firsts = [row[key][0] for row in rows if isinstance(row.get(key), list) and row[key]]
    return all(
        isinstance(each, dict) and ({"role", "content"} <= each.keys() or {"from", "value"} <= each.keys())
        for each in firsts
    )


def _is_message(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether all values are single messages, which are answers whoever is said to speak."""
    values = [row.get(key) for row in rows]
    return all(isinstance(each, dict) and {"role", "content"} <= each.keys() for each in values)


def _is_written(columns: Sequence[SampledColumn], answer: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether answers are sentences of their own, which no grader compares with."""
    if answer.holds is Holds.OBJECT:
        return True
    if answer.code or answer.listed or any(checks(each.key) for each in columns):
        return False
    texts = [row[answer.key].strip() for row in rows if isinstance(row.get(answer.key), str)]
    long = [text for text in texts if width(text) > LONG]
    if answer.key.lower() not in _WRITTEN:
        long = [text for text in long if text.endswith(_STOPS)]
    return len(long) >= _NEARLY_ALL * len(texts)


def _take_turns(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    sizes = [len(row[key]) for row in rows if isinstance(row.get(key), list) and row[key]]
    texts = all(isinstance(each, str) for row in rows for each in row.get(key) or ())
    return texts and any(size > 1 for size in sizes) and sum(size % 2 for size in sizes) >= _NEARLY_ALL * len(sizes)
