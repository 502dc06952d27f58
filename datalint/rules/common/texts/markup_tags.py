"""Markup tags that a text opens and closes, such as ``<message>`` and ``</message>``."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.texts.turns import without_code
from datalint.support.lazy_pattern import lazy_pattern

_NAME: Final = "[A-Za-z][A-Za-z0-9_-]{0,39}"
_TAG: Final = lazy_pattern(rf"</({_NAME})>|<({_NAME})(?: ?=[^<>\n]{{0,99}}|\s[A-Za-z:-]{{1,40}} ?=[^<>\n]{{0,199}})?>")
#: Tags of other rules; HTML elements without an end, and with one that may be left out.
_LEFT_OUT: Final = frozenset(
    """think thinking thought reasoning area base br col embed hr img input link meta source track wbr p li dt dd td th tr
    option optgroup thead tbody tfoot colgroup caption body head html rp rt s""".split()
)
#: Characters that a tag encloses.
_INSIDE: Final = 20
#: What a text does with a tag.
BOTH, OPENS, CLOSES = "both", "opens", "closes"


def tags_of(text: str) -> dict[str, str]:
    """Return what a text does with each tag, without those that may be markers."""
    if _TAG.search(text) is None:
        return {}
    plain = without_code(text)
    tags = list(_TAG.finditer(plain))
    closing = {match[1] for match in tags if match[1]}
    opened: dict[str, list[int]] = {}
    closed: dict[str, list[int]] = {}
    for match in tags:
        if match[1]:
            closed.setdefault(match[1], []).append(match.start())
        elif not match[0].endswith("/>") and (match[2] in closing or not _in_word(plain, match.start())):
            # "List<String>" opens nothing.
            opened.setdefault(match[2], []).append(match.end())
    found: dict[str, str] = {}
    for name in sorted((opened.keys() | closed.keys()) - _LEFT_OUT):
        more = len(opened.get(name, ())) - len(closed.get(name, ()))
        if more == 0:
            found[name] = BOTH
        elif more == 1 and len(plain[opened[name][-1] :].strip()) >= _INSIDE:
            found[name] = OPENS
        elif more == -1 and len(plain[: closed[name][0]].strip()) >= _INSIDE:
            found[name] = CLOSES
    return found


def _in_word(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before.isascii() and (before.isalnum() or before == "_")
