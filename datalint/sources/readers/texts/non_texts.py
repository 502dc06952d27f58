"""Files of text whose lines are no texts: chats, programs, pages, diagrams, reports, and names of something else."""

from __future__ import annotations

from collections import Counter
from typing import Final

from datalint.sources.readers.lines import SPACE, split
from datalint.sources.readers.texts.exported_chats import are_written_messages, is_exported_chat
from datalint.sources.readers.texts.labels_by_number import are_labels_by_number
from datalint.sources.readers.texts.listed_names import are_tags, listed_names
from datalint.support.lazy_pattern import lazy_pattern

#: Bytes in which a chat is looked for.
_HEAD: Final = 1 << 12
#: How a web page begins.
_PAGE: Final = lazy_pattern(rb"(?i)(?:\xef\xbb\xbf)?\s{0,99}<(?:!doctype\s{1,9}html|html)[\s>]")
#: How a diagram in PlantUML begins.
_DIAGRAM: Final = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s{0,99}@startuml\b")
#: Lines of a report at most; a course may quote one.
_REPORT_LINES: Final = 100
#: The head of the table of precision and recall that scikit-learn prints, and the rows of means, of which each has two.
_SCORES: Final = ["precision", "recall", "f1-score", "support"]
_MEANS: Final = (["macro", "avg"], ["weighted", "avg"])
#: Lines of a table that is drawn at least, the share of lines that begin with its sign, and of these with as many; and
#: how many these are at least.
_ROWS: Final = 20
_DRAWN: Final = 0.95
_ALIKE: Final = 0.8
_CELLS: Final = 3


def why_no_texts(head: bytes, *, cut: bool) -> str:
    """Return why the lines of a file that begins with ``head`` are no texts, and what to do; empty for texts.

    The last line may be ``cut`` off.
    """
    if is_exported_chat(head[:_HEAD]):
        what = 'write each question and what answers it as a row of its own, with a list "messages"'
        return f"each line is a message of WhatsApp: {what}"
    if are_written_messages(head[:_HEAD]):
        what = 'write each as a row of JSON Lines, with a list "messages"'
        return f"lists of messages as a program writes them, in several lines: {what}"
    if _is_page(head):
        return "the lines are those of a web page in HTML, and no texts: write the text that it shows"
    if not cut and _DIAGRAM.match(head) is not None and head.count(b"@startuml") == 1:
        what = 'write what it is made from and the diagram as a row, such as {"prompt": …, "completion": …}'
        return f"the lines are those of one diagram in PlantUML, and no texts: {what}"
    if not cut and _is_report(head):
        return "the lines report how well a classifier does, and are no texts: leave the file out"
    if _is_drawn(head, cut=cut):
        return (
            "each line is a row of a table with | before its cells: export the table as CSV, or write it as JSON Lines"
        )
    if are_labels_by_number(head, cut=cut):
        return "each line is a number and its labels without their text: join it with the file that has the texts"
    if why := why_no_words(head, cut=cut):
        return why
    if named := listed_names(head, cut=cut):
        return f"each line is {named}, not a text: leave the file out, or write texts instead"
    return ""


def why_no_words(head: bytes, *, cut: bool) -> str:
    """Return why the lines of a file are tags of words in another one, and what to do; empty for other lines."""
    what = "join it with the file that has the words, line by line, or leave it out"
    return f"each line is the tags of a sentence without its words: {what}" if are_tags(head, cut=cut) else ""


def _is_page(head: bytes) -> bool:
    """Whether a file is one page of HTML, and does not have one in each line."""
    return _PAGE.match(head) is not None and b"</html>" not in head.lstrip().split(b"\n", 1)[0].lower()


def _is_drawn(head: bytes, *, cut: bool) -> bool:
    """Whether nearly all lines are rows of a table with a sign before each cell, as phpMyAdmin and Markdown have it."""
    lines = [line.lstrip() for line in split(head)[: -1 if cut else None] if line.strip(SPACE)]
    rows = [line.count(b"|") for line in lines if line.startswith(b"|")]
    if len(rows) < _ROWS or len(rows) < _DRAWN * len(lines):
        return False
    cells, alike = Counter(rows).most_common(1)[0]
    return cells >= _CELLS and alike >= _ALIKE * len(rows)


def _is_report(head: bytes) -> bool:
    """Whether a short text has the whole table that scikit-learn prints of the classes of a classifier."""
    if b"f1-score" not in head or head.count(b"\n") > _REPORT_LINES:
        return False
    lines = [line.split() for line in head.decode("utf-8", "replace").splitlines()]
    return _SCORES in lines and all(any(line[:2] == mean for line in lines) for mean in _MEANS)
