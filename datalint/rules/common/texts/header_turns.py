"""Turns that are the names of two columns: the header of a table that was read as its first row."""

from __future__ import annotations

from typing import Final

#: Names of columns of prompts and of responses.
_PROMPTS: Final = frozenset(
    """input inputs user_input prompt user_prompt question questions user_question instruction query user_query
    user_message""".split()
)
_RESPONSES: Final = frozenset(
    """output outputs response responses answer answers completion assistant_response bot_response model_response
    ai_response assistant_output model_output model_answer assistant_message""".split()
)
#: Characters of a response that may be such a name, and all that is one as its author may have written it.
LONGEST_NAME: Final = max(map(len, _RESPONSES))
RESPONSES: Final = tuple(
    sorted(
        form
        for name in _RESPONSES
        for plain in {name, name.replace("_", " ")}
        for form in {plain, plain.capitalize(), plain.title(), plain.upper()}
    )
)


def is_header(prompt: str, response: str) -> bool:
    """Return whether a prompt and its response are nothing but names of columns: "User input", "Assistant response"."""
    return _folded(prompt) in _PROMPTS and _folded(response) in _RESPONSES


def _folded(text: str) -> str:
    return "_".join(text.replace("_", " ").lower().split())
