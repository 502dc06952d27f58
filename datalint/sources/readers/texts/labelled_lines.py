"""Texts with their labels in one line each.

fastText reads labels in the text (``__label__music How do I tune a piano``), TREC has the type of a question before it
(``DESC:manner How do I tune a piano ?``), and the Stanford Sentiment Treebank has trees (``(3 (2 Good) (2 film))``).
The Financial PhraseBank has a class after each text (``The price of pianos rose .@positive``), and sets of reviews have
one in brackets (``a fine piano [+1]``).
The row is ``{"text": …, "label": …}``, or ``{"text": …, "labels": […]}`` if a text may have several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The containers of such lines.
FASTTEXT: Final = "fasttext"
QUESTION_TYPES: Final = "question-types"
TREES: Final = "sentiment-trees"
CLASS_LAST: Final = "class-last"
#: The prefix of a label, which is a word anywhere in the line, and the pattern of a label with the blanks after it.
_PREFIX: Final = b"__label__"
_LABEL: Final = re.compile(r"(?<!\S)__label__(\S{1,999})\s{0,99}")
#: Share of lines with a label.
_NEARLY_ALL: Final = 0.9
#: The type of a question and a finer one before it; lines that are needed, the share of different types, and that of
#: questions that end with a question mark.
_TYPED: Final = re.compile(r"([A-Z]{2,8}:[A-Za-z]{1,20}) (\S.*)")
_LEAST: Final = 20
_DIFFERENT: Final = 0.3
_ASKED: Final = 0.5
#: The class after a text, and different classes at most.
_CLASS: Final = re.compile(r"[a-z]{2,20}")
#: The same in brackets, where a number without a sign may be that of a source.
_POLARITY: Final = re.compile(r"[+-]\d|0|(?:pos|neg|neu)[a-z]{0,5}")
_MOST_CLASSES: Final = 10
#: A token of a tree with its class, and what is left of a tree without its tokens.
_LEAF: Final = re.compile(r"\(\d{1,2} ([^()\s]+)\)")
_NODES: Final = re.compile(r"(?:\(\d{1,2}(?=\s)|[)\s])*")
_ROOT: Final = re.compile(r"\s{0,99}\((\d{1,2})\s")


class FastText(NamedTuple):
    """Labels before, after or within a text; ``several`` says that a text may have more than one."""

    several: bool = False
    container: str = FASTTEXT

    @property
    def description(self) -> str:
        """What a row is."""
        return f"a line of fastText: a text with its label{'s' if self.several else ''}"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        labels = _LABEL.findall(text)
        said = _LABEL.sub("", text).strip()
        return {"text": said, "labels": labels} if self.several else {"text": said, "label": ", ".join(labels)}

    def oddity(self, text: str) -> str:
        """Return what is wrong with a line without a label, which fastText leaves out; empty for any other."""
        return "" if _LABEL.search(text) else 'no label: fastText leaves out lines without "__label__"'


class QuestionTypes(NamedTuple):
    """Questions after their type, as TREC has them."""

    container: str = QUESTION_TYPES

    @property
    def description(self) -> str:
        """What a row is."""
        return "a question in a line, with its type before it"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        typed = _TYPED.fullmatch(text.strip())
        return {"text": text, "label": ""} if typed is None else {"text": typed[2], "label": typed[1]}

    def oddity(self, text: str) -> str:
        """Return that a line has no type; empty for any other."""
        return "" if _TYPED.match(text.strip()) else "no type before the question"


class Trees(NamedTuple):
    """Sentences as trees with a class of each part, of which that of the whole is read."""

    container: str = TREES

    @property
    def description(self) -> str:
        """What a row is."""
        return "a tree in a line: its sentence, with the class of the whole"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        root = _ROOT.match(text)
        if root is None or not _is_tree(text):
            return {"text": text, "label": ""}
        return {"text": " ".join(_LEAF.findall(text)), "label": root[1]}

    def oddity(self, text: str) -> str:
        """Return that a line is no tree; empty for any other."""
        return "" if _is_tree(text) else "no tree: read as a text without a label"


class ClassLast(NamedTuple):
    """Texts before their class, as the Financial PhraseBank and sets of reviews have them."""

    container: str = CLASS_LAST

    @property
    def description(self) -> str:
        """What a row is."""
        return "a text in a line, with its class after it"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        said, label = _ended(text)
        return {"text": said or text, "label": label}

    def oddity(self, text: str) -> str:
        """Return that a line has no class; empty for any other."""
        return "" if _ended(text)[1] else "no class after the text"


def notation_of(lines: Sequence[bytes]) -> FastText | QuestionTypes | Trees | ClassLast | None:
    """Return the notation of a text that begins with ``lines``; None for other texts."""
    first = lines[0].decode("utf-8", "replace")
    if any(_PREFIX in line for line in lines[:2]):
        labels = [len(_LABEL.findall(line.decode("utf-8", "replace"))) for line in lines]
        fits = sum(count > 0 for count in labels) >= _NEARLY_ALL * len(lines)
        return FastText(max(labels) > 1) if fits else None
    if _TYPED.match(first) is not None:
        typed = [match for line in lines if (match := _TYPED.fullmatch(line.decode("utf-8", "replace").strip()))]
        return QuestionTypes() if len(typed) >= _NEARLY_ALL * len(lines) and _are_questions(typed) else None
    if _ROOT.match(first) is not None and len(lines) > 1:
        trees = sum(_is_tree(line.decode("utf-8", "replace")) for line in lines)
        return Trees() if trees >= _NEARLY_ALL * len(lines) else None
    if _ended(first)[1] and len(lines) >= _LEAST:
        ended = [label for line in lines if (label := _ended(line.decode("utf-8", "replace"))[1])]
        fits = len(ended) >= _NEARLY_ALL * len(lines) and 1 < len({*ended}) <= _MOST_CLASSES
        return ClassLast() if fits else None
    return None


def _ended(text: str) -> tuple[str, str]:
    """Return a text of some words and the class after its last ``@``, or in brackets; both empty for other texts."""
    text = text.strip()
    said, _, label = text[:-1].rpartition("[") if text.endswith("]") else text.rpartition("@")
    form = _POLARITY if text.endswith("]") else _CLASS
    is_ended = len(said.split(maxsplit=1)) > 1 and form.fullmatch(label) is not None
    return (said.strip(), label) if is_ended else ("", "")


def _are_questions(typed: Sequence[re.Match[str]]) -> bool:
    """Whether the types of lines are few, and half of the texts after them end with a question mark."""
    types = {match[1] for match in typed}
    asked = sum(match[2].endswith("?") for match in typed)
    return len(typed) >= _LEAST and 1 < len(types) <= _DIFFERENT * len(typed) and asked >= _ASKED * len(typed)


def _is_tree(text: str) -> bool:
    """Whether a line is one tree, whose tokens are not all numbers."""
    if _ROOT.match(text) is None or text.count("(") != text.count(")"):
        return False
    leaves = _LEAF.findall(text)
    nodes = _LEAF.sub("", text)
    if not leaves or _NODES.fullmatch(nodes) is None or all(map(str.isdecimal, leaves)):
        return False
    depths = list(accumulate(1 if sign == "(" else -1 for sign in nodes if sign in "()"))
    return depths[-1:] == [0] and 0 not in depths[:-1] if depths else len(leaves) == 1
