"""Rows that are about invisible characters or letters that look alike, in which these are meant."""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.rules.common.texts.asked import is_asked

_ABOUT: Final = (
    r"(?i)zero[- ]?width|\binvisible (?:char|unicode|text)|homoglyph|homograph|look-?alike|confusable|punycode"
    # Without a boundary, as Chinese has no spaces.
    r"|(?<![a-z])(?:unicode|U\+[0-9A-F]{4}|cyrillic)|steganograph|\\u[0-9a-f]{4}|soft[- ]hyphen|byte[- ]order mark|&shy;"
    r"|кирилл|латин|мягк\w{1,3} перенос|weiche\w? trenn|guion (?:blando|discrecional)|trait d.union conditionnel"
    r"|零[宽寬]|不可[见見]字符|同形|[软軟]连?連?字符|ソフトハイフン|ゼロ幅|소프트 ?하이픈"
)


def is_about_characters(row: dict[str, Any]) -> bool:
    """Return whether a text or the prompts before it speak of such characters."""
    return re.search(_ABOUT, row["text"]) is not None or is_asked(_ABOUT, row)
