"""Texts of code, commands and formulas, in which letter case, and white space in quotes, change the meaning."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Rows that are read to decide it; further ones are copies.
_MOST: Final = 20_000
#: Characters of a text that are looked at to find code.
_READ: Final = 2_000
_FENCED: Final = r"(?s)```.*?(?:```|\Z)"
_QUOTED: Final = r"\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)|`[^`\n]*`"
#: Queries of which only the quoted strings are case-sensitive, and data.
_QUERY: Final = r"(?i)\s*(?:select|insert|update|delete|with|create|alter|drop)\s|\s*[{\[]"
#: What commands and programs have, and prose and formulas have not.
_MARK: Final = (
    r"(?m)(?:^|\s)--?[A-Za-z][\w-]*|\s\|\s*[\w.]|\$[A-Za-z({]|(?:^|[\s=])[~.]{0,2}/[\w.*-]|[*?]\.\w|[;{}]\s*$"
    r"|[=!+-]=|=>|->|::|&&|\|\||\w\.\w+\(|\w\([\"'\w, ]*\)\s*$|^\s*(?:def|class|import|from|#include|const|let|var)\s"
)
#: A call by a name of two characters or more: not "section 30(2)", "item(s)", "f(x)" or "AI(人工智能)".
_ENDING: Final = r"(?:e?[snrd]|ies|inn?(?:en)?|ing|[aeio]s?|t)\)"
_CALL: Final = rf"(?<!\w)[A-Za-z_][A-Za-z0-9_]{{1,60}}\((?!{_ENDING}|[^)\n\"'`]{{0,80}}[^\x00-\x7f])"
#: What code may have, and what it has in a line, and prose and formulas ("20 % = 7,200", "\frac{1}{2}") have not.
_SIGNS: Final = r"[={};]|\w\("
_LINE: Final = (
    rf"(?m){_CALL}|(?:=[^\n=;]{{0,200}}|[+-]{{2}}|^\s*(?:return|break|continue)\b[^\n;]{{0,80}});\s*$|\{{\s*$|^\s*\}}|;\s*\}}"
    r"|;\s*[\w.]{1,40}\s*=|\{\s*[\"']|\$\{|[=!+*/-]=|\)\s*=>|:=|(?<![\w\\])[A-Za-z_][\w-]{1,40}=[\"'\w]|\A\s*="
)
#: A sentence: a capital letter before some plain words, or a full stop after one.
_SENTENCE: Final = r"\b[A-Z][a-z']+,?(?: [a-z']{2,},?){3}|[A-Za-z]{2}(?: [A-Za-z']{2,}){3,}[.!?](?:\s|$)"
#: A word of a prompt that names a file, an option or a pattern.
_SPECIAL: Final = r"\S*[*/\\_$=<>|]\S*|(?<!\S)-\w\S*"
#: A sign of a formula, and the letter of one of its variables; in words, "a" is none.
_EQUATES: Final = r"[=^\\]"
_VARIABLE: Final = r"(?<![^\W\d_])[B-Zb-z](?![^\W\d_])"


def apart(anchors: NDArray[np.int64], copies: NDArray[np.int64], reader: Reader) -> dict[int, int]:
    """Return the ``copies`` that differ from their anchors in code or formulas, each with the first row that it equals.

    Args:
        anchors: for each row, the first one with the same texts but for case, white space and Unicode form.
        copies: the rows that repeat another one, ascending.
        reader: reads their texts.
    """
    firsts = distinct(anchors[copies])[:_MOST].tolist()
    code = np.array([row for row, text in zip(firsts, reader.texts(firsts), strict=True) if _is_exact(text.response)])
    rows = copies[np.isin(anchors[copies], code)][:_MOST]
    read = np.concatenate([distinct(anchors[rows]), rows]).tolist()
    found: dict[int, int] = {}
    same: dict[tuple[int, str, str], int] = {}
    for row, text in zip(read, reader.texts(read), strict=True):
        anchor = int(anchors[row])
        first = same.setdefault((anchor, _named(text.prompt), _exactly(text.response)), row)
        if first != anchor:
            found[row] = first
    return found


def is_code(text: str) -> bool:
    """Whether a text is code or a command, or has some in a fence."""
    text = text[:_READ].strip()
    if not text or re.match(_QUERY, text) is not None:
        return "```" in text
    bare = unquoted(text)
    return "```" in text or (re.search(_MARK, bare) is not None and not is_prose(bare))


def _is_exact(text: str) -> bool:
    """Whether a text is code, a command, or a formula with variables."""
    return is_code(text) or _is_formula(text)


def _is_formula(text: str) -> bool:
    """Whether a text is a formula with variables, and has no sentence."""
    text = text[:_READ]
    if not re.search(_EQUATES, text) or re.match(_QUERY, text):
        return False
    return re.search(_VARIABLE, text) is not None and not is_prose(text)


def has_code(text: str) -> bool:
    """Whether a text is code, a command or a query, or has some in a line."""
    text = text[:_READ]
    if not re.search(_SIGNS, text):
        return False
    return re.search(_LINE, text) is not None or re.match(_QUERY, text) is not None or is_code(text)


def has_call(text: str) -> bool:
    """Whether a text calls a function."""
    return re.search(_CALL, text[:_READ]) is not None


def is_prose(text: str) -> bool:
    """Whether a text has a sentence."""
    return re.search(_SENTENCE, text) is not None


def unquoted(text: str) -> str:
    """Return the beginning of a text with nothing in its quotation marks."""
    return re.sub(_QUOTED, "''", text[:_READ])


def _exactly(text: str) -> str:
    """Return a text of code with one space for white space outside its quotes; in prose, the code in fences alone."""
    fences = re.findall(_FENCED, text)
    return "\n".join(map(_collapsed, fences or [text]))


def _collapsed(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    strings = re.findall(_QUOTED, text)
    return "\n".join([*(" ".join(part.split()) for part in re.split(_QUOTED, text)), *strings])


def _named(prompt: str) -> str:
    """Return the quoted strings of a prompt, its words that name a file, an option or a pattern, and its variables."""
    prompt = unicodedata.normalize("NFKC", prompt)
    words = (word.rstrip(".,:;!?)") for word in re.findall(_SPECIAL, re.sub(_QUOTED, " ", prompt)))
    return "\n".join([*re.findall(_QUOTED, prompt), *words, *re.findall(_VARIABLE, prompt)])
