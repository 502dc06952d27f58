"""Names of the two sides of a conversation, and their roles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

from datalint.support.letters import letters_of
from datalint.support.named_tuple import NamedTuple

#: The side that asks. Those of published dialogues: customer (ABCD, AirDialogue), patient (MedDialog), client (AnnoMI),
#: seeker (ESConv, ReDial), student (MathDial), apprentice (Wizard of Wikipedia), buyer (CraigslistBargain), persuadee
#: (PersuasionForGood), usr and driver (KVRET), passenger and traveller (flights and trips), prompter (Open
#: Assistant).
_USERS: Final = frozenset(
    """user usr human customer client patient seeker caller student person buyer visitor guest questioner apprentice
    learner interviewer persuadee asker passenger traveler traveller driver shopper subscriber citizen applicant mentee
    pupil consumer prompter 用户 顾客 客户 患者 病人 来访者 学生 买家 求助者 お客様 相談者 내담자 학생
    пользователь клиент ученик kullanıcı usuario usuário utilisateur cliente nutzer kunde schüler élève alumno aluno
    patientin patiente مريض מטופל""".split()
)
#: The side that answers: agent (ABCD, AirDialogue), doctor (MedDialog), therapist (AnnoMI), supporter (ESConv),
#: recommender (ReDial), teacher (MathDial), tutor (CIMA), wizard (Wizard of Wikipedia), seller (CraigslistBargain),
#: persuader (PersuasionForGood), listener (EmpatheticDialogues).
ANSWERS: Final = frozenset(
    """assistant gpt model bot chatgpt ai chatbot agent system_agent sys wizard supporter helper therapist counselor
    counsellor psychologist psychiatrist doctor physician nurse pharmacist teacher tutor instructor mentor expert
    advisor adviser operator robot support staff seller salesperson salesman vendor clerk receptionist concierge cashier
    rep csr consultant recommender librarian lawyer attorney coach representative answerer interviewee persuader
    listener guide helpdesk dispatcher npc 助手 客服 医生 老师 心理咨询师 咨询师 律师 卖家 机器人 相談員 カウンセラー
    상담사 의사 선생님 ассистент оператор консультант учитель asistan asistente assistente berater beraterin
    conseiller docteur ärztin طبيب רופא נציג""".split()
)
#: Initials of the side that asks, and those of the side that answers: user and system (or bot, assistant, model),
#: customer and agent, question and answer, patient and doctor, client and therapist.
_INITIALS: Final = {"u": "sbam", "c": "at", "q": "a", "p": "dt", "h": "ab"}
#: Characters of what a speaker is called, at most.
_LONGEST_NAME: Final = 40


def speaker_role(name: str) -> str:
    """Return ``user`` or ``assistant`` for what a speaker is called, such as ``customer``; empty for other names."""
    word = name.strip().lower().strip("0123456789_ -:")
    return _role(word) or _role(in_english(word))


def roles_by_initials(names: Collection[str]) -> dict[str, str]:
    """Return the roles of two speakers who are called by initials, such as ``U`` and ``S``; nothing for others."""
    letters = {name.strip().lower(): name for name in names}
    if len(letters) == len(names) == 2:
        for asks, answer in _INITIALS.items():
            for answers in answer:
                if asks in letters and answers in letters:
                    return {letters[asks]: "user", letters[answers]: "assistant"}
    return {}


def _role(word: str) -> str:
    return "user" if word in _USERS else "assistant" if word in ANSWERS else ""


def in_english(name: str) -> str:
    """Return what a speaker, or the key of a turn, is called in English; an English name is returned as it is."""
    return name if len(name) > _LONGEST_NAME or (name.isascii() and not name.isalpha()) else _in_english(name)


@lru_cache(maxsize=1024)
def _in_english(name: str) -> str:
    from datalint.support.names.translated_names import whole_word

    return whole_word(name)


#: Keys, without separators, of who speaks a turn that is a row, of what is said, and of the conversation that it is of.
_SPEAKERS: Final = frozenset("role speaker sender from speakerrole senderrole speakerid speakeridx".split())
_SAID: Final = frozenset("content text utterance message msg body speech sentence utt line".split())
_CONVERSATIONS: Final = frozenset(
    one + other
    for one in ("conversation", "conv", "dialogue", "dialog", "chat", "thread", "session")
    for other in ("id", "idx", "index", "no")
)
_LONGEST_KEY: Final = 40
#: Keys of a row that are names; more are data themselves, such as a vocabulary.
_MOST_KEYS: Final = 256


def conversation_key(keys: Collection[str]) -> str | None:
    """Return the key of the conversation that rows are turns of, with a speaker and a text; None for other rows."""
    if len(keys) > _MOST_KEYS:
        return None
    plain = _plain(keys)
    if plain.keys().isdisjoint(_SPEAKERS) or plain.keys().isdisjoint(_SAID):
        return None
    return next((key for name, key in plain.items() if name in _CONVERSATIONS), None)


#: Keys, without separators, of the number of a turn in its conversation.
_NUMBERS: Final = frozenset(
    one + other
    for one in ("turn", "utterance", "utt", "message", "msg")
    for other in ("id", "idx", "index", "no", "num", "number", "order")
)
#: More names of who speaks a turn, of what is said, and of the conversation, which rows of other kinds have as well.
_PERHAPS_SPEAKERS: Final = _SPEAKERS | frozenset(
    """author authortype authorrole authorname fromrole sendertype sendername speakertype speakername turntype
    participant participantrole isagent iscustomer isuser isbot ishuman isassistant fromuser frombot direction
    emisor remitente autor remetente absender auteur expéditeur""".split()
)
#: The key of where a row is from, which is who speaks it if its value is a side.
_FROM: Final = "source"
_PERHAPS_SAID: Final = _SAID | frozenset("turn comment mensaje texto mensagem nachricht messagetext".split())
_PERHAPS_CONVERSATIONS: Final = _CONVERSATIONS | frozenset(
    """ticketid caseid callid interactionid threadts idconversacion conversacionid idconversación idconversa conversaid
    conversationuuid gesprächid""".split()
)
#: What names of conversations end with: ``hashed_chat_id``.
_ENDS: Final = tuple(sorted(_PERHAPS_CONVERSATIONS))


class TurnKeys(NamedTuple):
    """The keys of rows that may be turns: of the conversation, of what is said, and of who says it."""

    conversation: str
    said: tuple[str, ...]
    speakers: tuple[str, ...]


def turn_keys(row: Mapping[str, Any]) -> TurnKeys | None:
    """Return the keys by which rows may be turns of conversations, if their values agree; None for other rows."""
    plain = _plain(row) if len(row) <= _MOST_KEYS else {}
    speakers = tuple(key for name, key in plain.items() if name in _PERHAPS_SPEAKERS or _is_side(name, row[key]))
    said = tuple(key for name, key in plain.items() if name in _PERHAPS_SAID)
    grouped = next((key for name, key in plain.items() if name.endswith(_ENDS)), None)
    return TurnKeys(grouped, said, speakers) if grouped is not None and said and speakers else None


#: Keys, without separators, of who sends a message, and of when.
_SENDERS: Final = frozenset("sender senderid sendername senderrole fromuser speaker speakername".split())
_TIMES: Final = frozenset("timestamp time datetime date sentat createdat sent ts".split())


def are_sent(keys: Collection[str]) -> bool:
    """Return whether rows are messages with their senders and times, so that those of one conversation are turns."""
    plain = _plain(keys).keys() if len(keys) <= _MOST_KEYS else frozenset()
    return not any(plain.isdisjoint(names) for names in (_SENDERS, _TIMES, _SAID))


def _is_side(name: str, value: object) -> bool:
    """Return whether a key says where a row is from, and its value that one of two sides speaks."""
    return name == _FROM and isinstance(value, str) and len(value) <= _LONGEST_NAME and bool(speaker_role(value))


def numbered_turn_keys(keys: Collection[str]) -> tuple[str, str] | None:
    """Return the keys of the conversation and of the number of a turn in it, next to a text; None for other rows."""
    plain = _plain(keys) if len(keys) <= _MOST_KEYS else {}
    talk = next((key for name, key in plain.items() if name in _CONVERSATIONS), None)
    number = next((key for name, key in plain.items() if name in _NUMBERS), None)
    return None if talk is None or number is None or plain.keys().isdisjoint(_SAID) else (talk, number)


def _plain(keys: Collection[str]) -> dict[str, str]:
    """Return keys by their names without separators."""
    return {letters_of(key): key for key in keys if len(key) <= _LONGEST_KEY}


#: Keys that say with true or false whether a person speaks, or the model.
_BY_PERSON: Final = ("is_human", "is_user", "from_user", "from_human", "by_user", "isuser", "ishuman", "fromuser")
_BY_MODEL: Final = ("is_bot", "is_ai", "is_assistant", "is_model", "from_bot", "from_ai", "by_bot", "isbot", "isai")


def role_by_truth(turn: Mapping[str, Any]) -> str:
    """Return the role of a turn in which a key such as ``is_human`` is true or false; empty for other turns."""
    for key, value in turn.items():
        name = key.lower()
        if isinstance(value, bool) and name in (*_BY_PERSON, *_BY_MODEL):
            return "user" if value == (name in _BY_PERSON) else "assistant"
    return ""
