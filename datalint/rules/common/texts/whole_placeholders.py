"""Turns that are nothing but a placeholder, such as ``<SYSTEM_PROMPT>`` or ``{{question}}``."""

from __future__ import annotations

import re
from typing import Final

from datalint.rules.common.texts.turns import NULL_MARKERS

#: Characters of such a turn at most, and those that it begins with.
LONGEST: Final = 80
SIGNS: Final = ("<", "{", "[", "_", "$", "%")
#: How placeholders are written. A name in brackets has capitals only: others are what somebody does ("[waves]").
_FORMS: Final = (
    r"<(?P<angles>[A-Za-z][\w -]{1,60})>|\{{1,3} ?(?P<braces>[A-Za-z_][\w. -]{0,60}?) ?\}{1,3}|__(?P<lines>[A-Z][A-Z0-9_]{1,60}?)__"
    r"|\[{1,2}(?P<brackets>[A-Z][A-Z0-9_ -]{1,60})\]{1,2}|\$\{?(?P<dollar>[A-Za-z_]\w{1,60})\}?|%(?P<percent>[A-Z][A-Z0-9_]{1,60})%"
)
#: Words of the names of what a prompt is filled with, and those of a system prompt: others are tokens that mean something
#: to a model (``<NO_THINK>``), or stand for private data (``<PHONE_NUMBER>``).
_ASKED: Final = frozenset(
    "prompt prompts question instruction instructions query input placeholder insert here".split()
)
_SYSTEM: Final = _ASKED | frozenset(
    "system message persona role context text content description todo tbd your".split()
)


def whole_placeholder(text: str, *, is_system: bool) -> str | None:
    """Return the placeholder that a prompt or system prompt is nothing but; None for any other text.

    A marker for no input (``<no input>``) is none in a prompt, where :mod:`datalint.rules.quality.null_word_prompt`
    reports it.
    """
    text = text.strip()
    if len(text) > LONGEST or not text.startswith(SIGNS) or (text.lower() in NULL_MARKERS and not is_system):
        return None
    found = re.fullmatch(_FORMS, text)
    if found is None:
        return None
    name = next(each for each in found.groups() if each is not None)
    words = set(re.split(r"[\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()))
    return None if words.isdisjoint(_SYSTEM if is_system else _ASKED) else text
