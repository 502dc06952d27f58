"""Texts that are mostly code, queries or data, which are in no language that people speak."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.turns import without_code

#: Characters of a text that are read.
_READ: Final = 4_000
#: The share of the lines, and of the characters in words, that have signs of code.
_LINES: Final = 0.5
_WORDS: Final = 0.3
#: Queries of SQL, SPARQL and Cypher, perhaps after comments: sentences begin with "with", "select" and "match" too.
_QUERY: Final = lazy_pattern(
    r"(?is)\s*+(?:(?:--|#|//)[^\n]{0,300}\n\s*+){0,9}(?:```\w{0,9}\s*+)?+(?:sql\s?:?\s*+)?+\(?\s*+"
    r"(?:select\s.{1,1000}?\b(?:from|where)\b|select\s+count\s*\(|with\s+\w{1,60}\s+as\s*\(|insert\s+into\s|delete\s+from\s"
    r"|update\s+\S{1,100}\s+set\s|(?:create|alter|drop)\s+(?:table|view|index|database)\s|prefix\s+\w{0,40}:\s*<"
    r"|(?:optional\s+)?match\s*\(.{1,1000}?\breturn\b)"
)
#: What a sentence that begins like a query says, and signs that such a one hardly has.
_ASKS: Final = lazy_pattern(
    r"(?i)\W*(?:select|match|with)\s+(?:the|an?|your|any|all|one|each)\s+[^\W\d_]{3,}\s+[^\W\d_]"
)
_SIGNS: Final = lazy_pattern(r"[_=*;<>({:`]|\w\.\w|SELECT|(?i:\b(?:order|group)\s+by\b)")
#: A line that is code, and one that is a comment or a heading, and says nothing.
_LINE: Final = lazy_pattern(
    r"\s*(?:[\w\]\[.'\"$]{1,60}\s?[-+*/|&:]?=(?!=)\s?\S|(?:async )?def \w{1,60}\(|class \w{1,60}\s?[:({]|import [\w.]+(?: as \w+)?;?\Z"
    r"|from [\w.]{1,60} import |#include|(?:const|let|var) \w{1,60}\s?=|</?\w[^>\n]{0,200}>|\$ \w|[})\]]+[;,]?\Z|(?:@\w[\w.]{0,60}(?:\(|\Z))"
    r"|(?:public|private|protected|static|void|func|fn|fun|function)\s[^\n]{0,200}[({;]|(?:else|try|finally)\s?[:{]"
    r"|(?:for|while|if|elif|with|except)\b[^.!?\n]{0,200}(?:[=()\[\]<>]|\bin \w)[^.!?\n]{0,200}[:{]\Z"
    r"|[\w.]{1,80}\([^\n]{0,300}\)[;,{:]?\s*\Z|(?:SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|JOIN|INNER JOIN|LEFT JOIN|UNION|ON)\b"
    r"|return\b[^\n]{0,200}(?:;|[(_\[.=]\S{0,60}|\w)\Z|//|/\*|-- )"
    r"|.{0,400}(?:[)\]}\"']\s?;|\{)\s*\Z"
)
_COMMENT: Final = lazy_pattern(r"\s*(?:#|\*|\Z)")
#: Formulas of mathematics in prose.
_FORMULA: Final = lazy_pattern(r"(?s)\$\$.{1,2000}?\$\$|\$[^$\n]{1,300}\$|\\\[.{1,2000}?\\\]|\\\([^\n]{1,300}?\\\)")
#: A word with a sign that those of prose lack: a name of parts, a call, an operator or a bracket on its own.
_CODED: Final = lazy_pattern(
    r"(?<!\S)(?:(?=\S{0,80}[^\W\d])\S{0,80}(?:\w_\w|[=<>{}|\\$^])\S{0,80}|[=<>*+/%()\[\]&]{1,3};?|--?[a-z][\w-]{0,40}"
    r"|\([A-Z]{2,}|\(?[A-Za-z]\w{0,40}\.[A-Za-z]\w{0,40}(?:\.\w{1,40}){0,9}[,);]{0,3}|\w[\w.]{1,60}\(\S{0,80})(?!\S)"
)


def is_query(text: str) -> bool:
    """Return whether a text is a query of a database."""
    return _QUERY.match(text) is not None


def is_program(text: str) -> bool:
    """Return whether a text is mostly code, a query or data, of which only names and comments are in a language.

    Of a text with code in fences, the rest decides.
    """
    text = text[:_READ].strip()
    if is_query(text) and _SIGNS.search(text) and not _ASKS.match(text):
        return True
    said = _FORMULA.sub(" ", without_code(text))
    coded = sum(len(found[0]) for found in _CODED.finditer(said))
    if coded and coded >= _WORDS * sum(map(len, said.split())):
        return True
    lines = [line for line in said.split("\n") if not _COMMENT.match(line)]
    return len(lines) > 1 and sum(_LINE.match(line) is not None for line in lines) >= _LINES * len(lines)
