"""Conversations in other spellings than trainers': turns with a speaker, pairs of a question and its answer, texts.

Data sets of dialogues name the keys of a turn and its speakers in many ways (``speaker`` and ``utterance``, ``sender``
and ``text``; ``seeker`` and ``supporter``, ``USER`` and ``SYSTEM``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.shapes.sink import Sink

#: The keys of who speaks and of what is said, the plainest first.
SPEAKER_KEYS: Final = (
    "role", "from", "speaker", "sender", "participant", "who", "party", "speaker_role", "sender_role", "Speaker",
    "Role", "author", "actor", "user_type", "name", "type",
)  # fmt: skip
#: Those that say who wrote anything, or what it is called: a conversation has speakers of known roles as well.
_WEAK: Final = frozenset(("author", "actor", "user_type", "name", "type"))
TEXT_KEYS: Final = (
    "content", "value", "text", "utterance", "message", "msg", "body", "speech", "sentence", "utt", "line", "response",
    "Content", "Text", "Utterance", "Message",
)  # fmt: skip
#: The keys of a question and its answer in one item.
PAIR_KEYS: Final = (
    ("human", "assistant"), ("input", "output"), ("user", "assistant"), ("user", "agent"), ("user", "bot"),
    ("user", "system"), ("human", "bot"), ("human", "gpt"), ("question", "answer"), ("question", "response"),
    ("prompt", "response"), ("prompt", "completion"), ("query", "response"), ("query", "answer"), ("q", "a"),
    ("Q", "A"), ("customer", "agent"), ("patient", "doctor"), ("client", "therapist"), ("client", "counselor"),
    ("student", "teacher"), ("student", "tutor"), ("instruction", "output"), ("instruction", "response"),
    ("user_message", "assistant_message"), ("user_message", "bot_response"),
)  # fmt: skip
#: Names of the list of turns that are texts alone, which alternate.
CONVERSATION_KEYS: Final = frozenset(
    (
        "conversation", "conversations", "dialogue", "dialogues", "dialog", "dialogs", "chat", "turns", "utterances",
        "exchanges", "exchange",
    )
)  # fmt: skip
_USERS: Final = frozenset(
    (
        "user", "usr", "human", "customer", "client", "patient", "seeker", "caller", "student", "person", "buyer",
        "visitor", "guest", "questioner", "apprentice", "learner", "interviewer", "persuadee", "用户", "顾客", "客户",
        "患者", "病人", "пользователь", "клиент", "kullanıcı", "usuario", "usuário", "utilisateur", "cliente", "nutzer",
        "kunde",
    )
)  # fmt: skip
_ASSISTANTS: Final = frozenset(
    (
        "assistant", "agent", "bot", "chatbot", "ai", "gpt", "chatgpt", "model", "wizard", "supporter", "therapist",
        "counselor", "counsellor", "doctor", "physician", "nurse", "teacher", "tutor", "expert", "advisor", "adviser",
        "operator", "support", "staff", "seller", "salesperson", "consultant", "recommender", "librarian", "coach",
        "answerer", "interviewee", "persuader", "助手", "医生", "客服", "机器人", "ассистент", "asistan", "asistente",
        "assistente", "berater",
    )
)  # fmt: skip
#: Characters of a name; longer ones are texts.
_LONGEST_NAME: Final = 60
#: Turns that are looked at to recognise a conversation.
_LOOKED_AT: Final = 4
#: Speakers of one conversation that are distinguished; of a longer list the others are the user's.
_MOST_SPEAKERS: Final = 64


def spelling(turn: object) -> tuple[str, str] | None:
    """Return the keys of the speaker and of the text of a turn; None for anything else."""
    if not isinstance(turn, dict):
        return None
    text = next((key for key in TEXT_KEYS if isinstance(turn.get(key), str)), None)
    speaker = next((key for key in SPEAKER_KEYS if key != text and _is_name(turn.get(key))), None)
    return None if text is None or speaker is None else (speaker, text)


def pair(item: object) -> tuple[str, str] | None:
    """Return the keys of the question and of the answer of an item; None for anything else."""
    if not isinstance(item, dict):
        return None
    return next((keys for keys in PAIR_KEYS if all(isinstance(item.get(key), str) for key in keys)), None)


def roles_of(speakers: Sequence[str]) -> dict[str, str]:
    """Return the role of each speaker, given in the order in which they speak.

    Of two speakers whose names say nothing, the first is the user. ``system`` answers where nobody else does.
    """
    distinct = list(dict.fromkeys(speakers))[:_MOST_SPEAKERS]
    roles = {each: role for each in distinct if (role := _meaning(each))}
    answered = "assistant" in roles.values()
    for each in distinct:
        if each.strip().lower() == "system":
            roles[each] = "system" if answered or len(distinct) == 1 else "assistant"
    for each in distinct:
        if each not in roles:
            roles[each] = "assistant" if "user" in roles.values() and "assistant" not in roles.values() else "user"
    if len(distinct) > 1 and "user" not in roles.values():
        # All are named like the one who answers: the first one asks.
        roles[distinct[0]] = "user"
    return roles


def read_spoken(turns: Sequence[Any], keys: tuple[str, str], base: str, sink: Sink, side: str = "") -> None:
    """Add the turns of a list whose speaker and text are under ``keys``.

    What one speaker says in a row is one turn. What follows the last answer, such as a goodbye, teaches nothing.
    """
    speaker, text = keys
    said = [
        (index, str(turn[speaker]), turn[text])
        for index, turn in enumerate(turns)
        if isinstance(turn, dict) and isinstance(turn.get(text), str) and _is_name(turn.get(speaker))
    ]
    roles = roles_of([name for _, name, _ in said])
    answered = [place for place, (_, name, _) in enumerate(said) if roles.get(name) == "assistant"]
    said = said[: answered[-1] + 1] if answered else said
    place = 0
    while place < len(said):
        index, name, words = said[place]
        role, texts = roles.get(name, "user"), [words]
        place += 1
        while place < len(said) and roles.get(said[place][1], "user") == role:
            texts.append(said[place][2])
            place += 1
        sink.add(role, "\n".join(texts), f"{base}[{index}].{text}", side)


def read_pairs(items: Sequence[Any], keys: tuple[str, str], base: str, sink: Sink) -> None:
    """Add a prompt and a response for each item of a list with these ``keys``."""
    prompt, answer = keys
    for index, item in enumerate(items):
        if isinstance(item, dict):
            sink.prompt(item.get(prompt), f"{base}[{index}].{prompt}")
            sink.response(item.get(answer), f"{base}[{index}].{answer}")


def read_texts(texts: Sequence[Any], base: str, sink: Sink) -> None:
    """Add texts of which the first and every second one are the user's."""
    for index, text in enumerate(texts):
        (sink.response if index % 2 else sink.prompt)(text, f"{base}[{index}]")


def are_texts(value: object) -> bool:
    """Return whether a value is a list of two texts or more."""
    return isinstance(value, list) and len(value) > 1 and all(isinstance(text, str) for text in value[:2])


def is_conversation(key: str, value: object) -> bool:
    """Return whether a value under ``key`` is a conversation in one of these spellings."""
    if not isinstance(value, list) or not value:
        return False
    if are_texts(value):
        return key.strip().lower() in CONVERSATION_KEYS
    first = value[:_LOOKED_AT]
    if all(pair(item) is not None for item in first):
        return True
    keys = spelling(first[0])
    return keys is not None and all(spelling(turn) == keys for turn in first) and _speak(first, keys[0])


def is_answered(value: object) -> bool:
    """Return whether at least two speak in a conversation."""
    if not isinstance(value, list) or not value:
        return False
    if are_texts(value) or pair(value[0]) is not None:
        return True
    keys = spelling(value[0])
    return keys is not None and len(_names(value[: 2 * _LOOKED_AT], keys[0])) > 1


def _speak(turns: Sequence[Any], key: str) -> bool:
    return key not in _WEAK or any(map(_meaning, _names(turns, key)))


def _names(turns: Sequence[Any], key: str) -> set[str]:
    return {str(turn[key]) for turn in turns if isinstance(turn, dict) and _is_name(turn.get(key))}


def _is_name(value: object) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= _LONGEST_NAME and "\n" not in value
    return isinstance(value, int) and not isinstance(value, bool)


def _meaning(name: str) -> str:
    """Return the role that a name says; empty for none."""
    word = name.strip().lower().rstrip("0123456789_ -:")
    return "user" if word in _USERS else "assistant" if word in _ASSISTANTS else ""
