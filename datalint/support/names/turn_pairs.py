"""Keys of a prompt and its answer, where an item of a list holds both."""

from __future__ import annotations

from typing import Final

#: Keys that say what is asked and what answers it.
_ASKED: Final = (
    ("question", "answer"), ("question", "response"), ("q", "a"), ("Q", "A"), ("query", "response"),
    ("query", "answer"), ("query", "reply"), ("prompt", "response"), ("prompt", "completion"),
    ("instruction", "output"), ("instruction", "response"), ("input", "output"), ("问", "答"),
)  # fmt: skip
#: Keys that say who asks and who answers.
SPOKEN: Final = (
    ("user", "assistant"), ("human", "assistant"), ("user", "agent"), ("user", "bot"), ("user", "model"),
    ("user", "system"), ("user", "ai"), ("human", "bot"), ("human", "ai"), ("human", "gpt"), ("customer", "agent"),
    ("client", "counselor"), ("client", "therapist"), ("patient", "doctor"), ("patient", "therapist"),
    ("student", "teacher"), ("student", "tutor"), ("user_message", "assistant_message"),
    ("user_message", "bot_response"), ("用户", "助手"),
)  # fmt: skip
#: All of these; who speaks is looked for first.
PAIRS: Final = (*SPOKEN, *_ASKED)
