"""Variables of a chatbot in angle brackets, where an answer names somebody or the time: ``My name is <bot>``."""

from __future__ import annotations

import re
from typing import Final

#: How such variables begin, and characters of an answer that may be one.
VARIABLES: Final = ["<user", "<bot", "<name", "<time", "<your", "<Your", "<YOUR"]
#: The name that a system prompt or an introduction leaves to be filled in, in any of its spellings.
YOUR_NAME: Final = r"<(?i:your[_ -]?(?:first[_ -]?)?name)>"
YOUR_NAMES: Final = [
    f"<{your}{sign}{name}>"
    for your, name in (("your", "name"), ("Your", "Name"), ("YOUR", "NAME"))
    for sign in ("", "_", " ", "-")
]
VARIABLE_CHARS: Final = 200
_NAMING: Final = r"\b(?i:name is|call(?:s|ed)? (?:me|you)|i am|i['’]m|you are|you['’]re|(?:it|time) is(?: \w{1,12})?) "
#: A variable after words that name somebody or the time, or as the whole answer.
VARIABLE: Final = (
    rf"(?:{_NAMING}|\A\s{{0,9}})<(?:user|bot|(?:user|bot)_?name|name|time)>(?=\s{{0,9}}[.,!?]|\s{{0,9}}\Z)"
    rf"|(?:{_NAMING}|(?:我叫|我是|你叫|你是)){YOUR_NAME}"
)


def is_markup(found: str, said: str) -> bool:
    """Return whether what is said around a variable has such tags on purpose: a closing one, or it twice."""
    tag = found[found.find("<") :]
    return (
        f"</{tag[1:]}" in said
        or said.count(tag) > 1
        or re.search(r"(?i)\b(?:html|xml|tags?|placeholder)\b", said) is not None
    )
