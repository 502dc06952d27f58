"""What people call the two sides of a conversation."""

from __future__ import annotations

from typing import Final

_USERS: Final = frozenset(
    """user usr human customer client patient seeker caller student person buyer visitor guest questioner apprentice
    learner interviewer persuadee 用户 顾客 客户 患者 病人 пользователь клиент kullanıcı usuario usuário utilisateur
    cliente nutzer kunde""".split()
)
#: What the one who answers is called, over datasets.
ANSWERS: Final = frozenset(
    """assistant gpt model bot chatgpt ai chatbot agent system_agent wizard supporter helper therapist counselor
    counsellor psychologist doctor physician nurse teacher tutor expert advisor adviser operator support staff seller
    salesperson consultant recommender librarian coach representative answerer interviewee persuader 助手 客服 医生 老师
    机器人 ассистент asistan asistente assistente berater""".split()
)


def speaker_role(name: str) -> str:
    """Return ``user`` or ``assistant`` for what a speaker is called, such as ``customer``; empty for other names."""
    word = name.strip().lower().rstrip("0123456789_ -:")
    return "user" if word in _USERS else "assistant" if word in ANSWERS else ""
