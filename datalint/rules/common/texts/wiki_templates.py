"""Templates of a wiki: names in double braces that its software fills in, and that no author of a dataset forgot."""

from __future__ import annotations

import re
from typing import Final

#: What the source of a wiki has: links, headings, bold words, references, and templates with parameters.
_SIGNS: Final = (
    r"\[\[[^\]\n]{1,200}\]\]|(?m:^={2,4}[^=\n]{1,100}={2,4}[ \t\r]*$)|'''[^'\n]{1,200}'''|<ref(?:[ >]|\Z)"
    r"|\{\{[A-Za-z][\w -]{0,40}\|[^{}]{1,400}\}\}"
)
#: Templates of Wikipedia that say what a passage lacks.
_MAINTENANCE: Final = frozenset(
    (
        *("citation needed", "cn", "dubious", "pov", "npov", "cleanup", "unreferenced", "refimprove", "disputed"),
        *("says who", "by whom", "according to whom", "clarify", "weasel", "weasel inline", "peacock", "unsourced"),
        *("failed verification", "verify source", "page needed", "original research", "dead link", "unbalanced"),
        *("totallydisputed", "totally disputed", "pov check", "neutrality", "undue", "globalize", "fact"),
    )
)
#: Others have names that a variable may have: they stand directly after the word or sentence that they are about.
_NOTES: Final = frozenset("who when where why which what how or sic vague example specify".split())
_NOTED: Final = r"[a-z.,;)\]]\Z"


def of_wiki(match: re.Match[str], text: str, prompt: str) -> bool:
    """Return whether a name in braces is a template of a wiki, by its name, or by what else text or prompt have."""
    name = match.group().strip("{} ").replace("_", " ").lower()
    if name in _MAINTENANCE:
        return True
    if name in _NOTES and re.search(_NOTED, text[: match.start()][-1:]) is not None:
        return True
    return any(re.search(_SIGNS, each) is not None for each in (text, prompt))
