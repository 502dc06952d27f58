"""Tags and entities of HTML in a text, also cut ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: A word that stands for a line break.
BREAK: Final = r"(?i:\[(?:line ?break|new ?line)\]|<(?:line ?break|new ?line)>)"
ENTITY: Final = r"&(?:nbsp|amp|quot|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|bull|copy|deg|middot|[a-z](?:acute|grave|uml|cedil)|#\d{2,7}|#x[0-9A-Fa-f]{2,6});"
_TAG: Final = (
    r"(?i)</?(?:p|b|i|em|strong|span|font|div|ul|ol|li|h[1-6]|a|blockquote|center|small|big)(?: [a-z]{2,12}=[^<>\n]{0,200})?>"
    r"|<br ?/?>|<para>"
)
#: What a line ends with before its break.
_SIGN: Final = r"[.,:;!?。，：；！？、）)]"
#: A tag that is an argument, as in a regular expression that is written as functions: ``repeat(<p>, 3)``.
_ARGUMENT: Final = lazy_pattern(r"(?i)[(,] ?<(?!br)[a-z]{1,6}\d?>(?= ?[,)])")
#: A tag that is named, with dots for what it holds or before a hyphen: ``<p>…</p>``, ``<p>-tags``.
_NAMED: Final = (
    r"<([a-zA-Z]{1,10}\d?)(?: [a-z]{2,12}=[^<>\n]{0,200})?>(?:[ \t]{0,3}(?:\.{3}|…)[ \t]{0,3}</\1>|(?=-[^\W\d_]))"
)
#: A link or a comment whose first character was cut out.
CUT: Final = (
    r"(?<![<\w/])a href=(?:\"https?://[^<>\"\n]{1,300}\"|'https?://[^<>'\n]{1,300}')[^<>\n]{0,300}>"
    r"|(?<![<!-])!--[A-Za-z][\w -]{0,40}-->"
)
#: An entity whose first character was cut out. A blank does not follow its number, as it may follow that of a page.
CUT_ENTITY: Final = r"(?<![&\w;])(?:#(?:3[4689]|14[5-8]|151|82\d\d);(?=\w)|quot;|amp;(?=\w))"
#: A text that is written in markup or code, or that speaks of it, also within Chinese ("HTML实体").
CODE: Final = (
    r"(?aim)<(?:!doctype|html|head|body|script|style|svg|\?xml|\?php|input|form|button|table|img|meta|link|select)\b|\bhtml\b|\bxml\b|\bcss\b"
    r"|\b(?:select\b.{1,400}\bfrom|insert into|update\b.{1,200}\bset|delete from)\b"
    r"|(?:function|def|class|import|return|const|var|let) \w+ ?[({=;]|[;{}]\s*$|==|=>|\$\("
)
#: An element of XML or JSX, which are code: its name has letters in both cases, as none of HTML has.
ELEMENT: Final = lazy_pattern(r"<[A-Z][a-z][A-Za-z0-9]{0,30}\s[A-Za-z:-]{1,30}=[\"'{]")
#: What ends the lines of JSON, and of code too.
ENDS: Final = r"(?m)[{}\[\],]+\s*$"
#: The tags of a pair.
_PAIR: Final = 2


def tags_of(text: str) -> list[re.Match[str]]:
    """Return the tags of a text that neither break the lines of a table's cells nor are what the text speaks of."""
    named = [match.span() for match in re.finditer(_NAMED, text)]
    return [
        match
        for match in re.finditer(_TAG, text)
        if not any(start <= match.start() < stop for start, stop in named)
        and not _is_cell(text, match)
        and not _is_argument(text, match)
    ]


def parts_lines(text: str, tag: re.Match[str]) -> bool:
    """Return whether a tag is a line break between a sign and a letter, without a blank: no name of the tag."""
    return (
        tag[0][:3].lower() == "<br"
        and re.search(_SIGN, text[max(tag.start() - 1, 0) : tag.start()]) is not None
        and (text[tag.end() : tag.end() + 1].isalnum())
    )


def are_around(tags: Sequence[re.Match[str]], text: str) -> bool:
    """Return whether a text has one pair of tags, which begins and ends it."""
    if len(tags) != _PAIR or tags[1][0] != f"</{tags[0][0][1:]}":
        return False
    within = text.strip().removeprefix(tags[0][0]).removesuffix(tags[1][0])
    return len(within) == len(text.strip()) - len(tags[0][0]) - len(tags[1][0]) and "</" not in within


def _is_cell(text: str, match: re.Match[str]) -> bool:
    """Whether a tag stands in a row of a Markdown table."""
    start = text.rfind("\n", 0, match.start()) + 1
    return text[start : match.start()].lstrip().startswith("|")


def _is_argument(text: str, match: re.Match[str]) -> bool:
    """Whether a tag is an argument of a function, or one of several that a text names in brackets."""
    before = text[max(match.start() - 2, 0) : match.start()]
    return _ARGUMENT.search(before + text[match.start() : match.end() + 2]) is not None
