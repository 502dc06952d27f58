"""Tagged text (CoNLL): a token and its tags on each line, and a blank line after each sentence.

A row is a sentence, ``{"tokens": [...], "tags": [...]}``, with the first and the last column. Sentences are separated
by blank lines; the tags are those of spans (``B-PER``) or classes of words (``NOUN``). Lines that begin with
``-DOCSTART-`` or ``# `` are no tokens. The format is that of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder,
2003).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import decoded_lines

_BLANKS: Final = SPACE.decode()
_SPACES: Final = re.compile("[ \r]+")
#: Tags of named entities and other spans, in the encodings that begin, continue and end a span.
TAG: Final = re.compile(r"O|[BIESLU]-[^\s]{1,60}")
#: Classes of words in Universal Dependencies and in the Penn Treebank, and the share of tokens that have one of them.
CLASSES: Final = frozenset(
    """ADJ ADP ADV AUX CCONJ CONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X CC CD DT EX FW IN JJ JJR JJS
    LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB""".split()
)
_NAMED: Final = 0.7
_MOST_CLASSES: Final = 100
NOT_TOKENS: Final = (b"-DOCSTART-", b"# ")
#: Lines with tokens that are needed to recognise the format, the share of them with a tag, and the most fields.
_LEAST: Final = 20
_SHARE: Final = 0.95
_MOST_FIELDS: Final = 20


def is_tagged(head: bytes, *, named: bool = False) -> bool:
    """Return whether the beginning of a file has a token and a tag on each line, and blank lines between sentences.

    ``named`` says that the file is named so: then any words may be tags.
    """
    *lines, _ = head.split(b"\n") if b"\n" in head else [b""]
    if not any(not line.strip(SPACE) for line in lines):
        return False
    tokens = (line for line in lines if line.strip(SPACE) and not line.startswith(NOT_TOKENS))
    rows = [_fields(line.decode("utf-8", "replace")) for line in tokens]
    if len(rows) >= _LEAST and (_are_classes(rows) or (named and _are_few(rows))):
        return True
    tagged = sum(1 < len(row) <= _MOST_FIELDS and TAG.fullmatch(row[-1]) is not None for row in rows)
    return len(rows) >= _LEAST and tagged >= _SHARE * len(rows)


def _are_few(rows: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all rows have a token and a tag, of which there are few."""
    tags = [row[-1] for row in rows if len(row) > 1]
    return len(tags) >= _SHARE * len(rows) and len(set(tags)) * 3 <= len(tags)


def _are_classes(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a token and the class of a word, such as ``NOUN`` or ``VBZ``; few have another tag."""
    tags = Counter(row[1] for row in rows if len(row) == 2)
    named = sum(count for tag, count in tags.items() if tag in CLASSES)
    return tags.total() == len(rows) and named >= _NAMED * len(rows) and len(tags) <= _MOST_CLASSES


def sentence(lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a sentence, of which the first line has this number, and the problem with its text."""
    texts, problem = decoded_lines(lines, first)
    if texts is None:
        return None, problem
    fields = [_fields(text) for text in texts]
    tags = [each[-1] if len(each) > 1 else "" for each in fields]
    return {"tokens": [each[0] for each in fields], "tags": tags}, problem


def _fields(line: str) -> list[str]:
    """Return the fields of a line that is not blank; other white space than separates fields may be a token."""
    line = line.strip("\r")
    return [field.strip(_BLANKS) for field in line.split("\t")] if "\t" in line else _SPACES.split(line.strip(_BLANKS))
