"""Questions with their answers in a Markdown file, and the command that writes each pair as a line of JSON."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: What is before a question or an answer, in a heading or in bold: ``## Question 1``, ``**Q:**``.
_MARK: Final = r"(?im)^(?:#{1,6} *|\*\*)(q|question|a|answer)(?: *[0-9]{1,9})?[:.]?(?:\*\*)?[:.]?(?: +|$)"
_MARKS: Final = lazy_pattern(_MARK)
#: Pairs at least. A file of which one of the two has no other may have it under another name.
_LEAST: Final = 2
#: The program; a heading after an answer begins another section, and a question without an answer is left out.
_PROGRAM: Final = (
    f"import json, re, sys; p = re.split(r'{_MARK}', sys.stdin.read())[1:]; "
    "[print(json.dumps({'prompt': p[i + 1].strip(), 'completion': re.split(r'(?m)^#', p[i + 3])[0].strip()})) "
    "for i in range(0, len(p) - 3, 2) if p[i][0] in 'Qq' and p[i + 2][0] in 'Aa']"
)


def pairs_program(head: bytes) -> str:
    """Return the program that writes the pairs of Markdown that begins with ``head``; empty for any other text."""
    marks = [mark[0].lower() for mark in _MARKS.findall(head.decode("utf-8", "replace"))]
    pairs = len(marks) // 2
    return _PROGRAM if pairs >= _LEAST and marks[: 2 * pairs] == ["q", "a"] * pairs else ""
