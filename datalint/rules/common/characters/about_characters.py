"""Rows that are about invisible or control characters, letters that look alike or encodings, in which these are meant."""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.rules.common.test_cases import names_hidden
from datalint.rules.common.texts.asked import is_asked

#: What a message says of such a row.
MEANT: Final = "; not fixed, as the row may be about such characters: check it"
_ABOUT: Final = (
    r"(?i)zero[- ]?width|word[- ]joiner|\bZW(?:SP|N?J)\b|\binvisible (?:char|unicode|text)|homoglyph|homograph|look-?alike|confusable|punycode"
    # Without a boundary, as Chinese has no spaces.
    r"|(?<![a-z])(?:unicode|U\+[0-9A-F]{4}|cyrillic)|steganograph|\\u[0-9a-f]{4}|soft[- ]hyphen|byte[- ]order mark|&shy;"
    r"|кирилл|латин|мягк\w{1,3} перенос|weiche\w? trenn|guion (?:blando|discrecional)|trait d.union conditionnel"
    r"|\bRT?LO\b|right-to-left override|bidi(?:rectional)? (?:control|override|format|char)|[双雙]向控制|从右[到至向]左覆盖"
    r"|零[宽寬]|不可[见見]字符|同形|[软軟]连?連?字符|ソフトハイフン|ゼロ幅|소프트 ?하이픈"
)
_CONTROLS: Final = (
    r"(?i)control (?:char|code)|escape (?:char|code|sequence)|\bANSI\b|\bASCII\b|\\(?:x[01][0-9a-f]|033|u00[01][0-9a-f]|e\[)"
    r"|(?:null?|zero)[- ](?:byte|char|terminat)|\bctrl\b|\^\[|\bEOT\b|carriage return|line feed|form feed|vertical tab"
    r"|\bbackspace|non-?print|terminal colou?r|colou?r\w* .{0,20}terminal|控制字符|转义|制御文字|エスケープ|управляющ|steuerzeichen"
)
_ENCODINGS: Final = (
    r"(?i)mojibake|(?<![a-z])(?:utf-?(?:8|16)|latin-?1|iso-?8859|windows-?125\d|cp-?125\d|shift[-_]?jis|gbk|gb18030|big5)"
    r"|code ?page|(?:character|text|wrong) encoding|U\+[0-9A-F]{4}|кодировк|zeichenkod|zeichensatz|encodage"
    r"|codifica[cç]|kodowani|文字化け|文字コード|乱码|亂碼|编码|編碼|인코딩|글자 깨"
)


def is_about_controls(row: dict[str, Any]) -> bool:
    """Return whether a text or the prompts before it speak of control characters."""
    return re.search(_CONTROLS, row["text"]) is not None or is_asked(_CONTROLS, row)


def is_about_encodings(row: dict[str, Any]) -> bool:
    """Return whether a text or the prompts before it speak of how characters are encoded."""
    return re.search(_ENCODINGS, row["text"]) is not None or is_asked(_ENCODINGS, row)


def is_about_characters(row: dict[str, Any]) -> bool:
    """Return whether a text or the prompts before it speak of such characters, or a code of its row names one."""
    if re.search(_ABOUT, row["text"]) is not None or is_asked(_ABOUT, row):
        return True
    return isinstance(row["record"], dict) and names_hidden(row["record"])
