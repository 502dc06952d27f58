"""Sentences in one line each, with signs around the words that are labelled: ``<START:person> Ann <END> left .``.

So OpenNLP has them; others are ``[Oslo](city)``, as in Markdown, ``{Oslo|CITY}``, ``<LOC>Oslo</LOC>`` and
``<ENAMEX TYPE="LOCATION">Oslo</ENAMEX>``. The row is ``{"text": …, "entities": [{"start": …, "end": …, …}]}``, with the
text as it is without the signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
INLINE_SPANS: Final = "inline-spans"
_LABEL: Final = r"[^\W\d_][\w-]{0,40}(?:[:.][\w-]{1,40})?"
#: Patterns of labelled words, by their names in notes; the first group has the words unless one is named.
_OPEN_NLP: Final = "<START:label> words <END>"
_ENAMEX: Final = '<ENAMEX TYPE="label">words</ENAMEX>'
_NOTATIONS: Final = {
    _OPEN_NLP: rf"<START(?::(?P<label>{_LABEL}))?>[ \t]+(?P<words>[^<>]{{1,400}}?)[ \t]+<END>",
    "[words](label)": rf"\[(?P<words>[^\[\]()]{{1,200}})\]\((?P<label>{_LABEL})\)",
    "{words|LABEL}": r"\{(?P<words>[^{}|]{1,200})\|(?P<label>[A-Z][A-Z0-9_-]{0,40})\}",
    _ENAMEX: (rf"<(?P<tag>[A-Z]{{2,20}}) TYPE=\"(?P<label>{_LABEL})\">(?P<words>[^<>]{{1,200}})</(?P=tag)>"),
    "<label>words</label>": rf"<(?P<label>{_LABEL})>(?P<words>[^<>]{{1,200}})</(?P=label)>",
}
#: Those that nothing but labelled words have, however many words of a text are labelled, as in titles of products.
_OF_WORDS: Final = (_OPEN_NLP, _ENAMEX)
#: The sign that each of them has.
_SIGNS: Final = ("<END>", "](", "|", "</", "</")
#: Names of tags of HTML, and of parts of texts, which are not labels of words.
_NO_LABELS: Final = frozenset(
    """a abbr b big blockquote body br button caption center cite code dd del div dl dt e1 e2 em font footer form h1 h2
    h3 h4 h5 h6 head header hr html i img ins kbd label li mark nav ol p pre q s script section small span strike strong
    style sub sup table tbody td th thead title tr tt u ul var think thinking thought reasoning answer question response
    instruction instructions input output context document documents doc text user assistant system human bot tool
    tool_call tool_response prompt query example examples summary source target url""".split()
)
#: How a heading in Rasa's training data begins, which has the intent of the texts in the lines below it.
_HEADING: Final = b"## intent:"
#: Lines that are needed; the share of them with a label, and of the characters that are labelled at most; different
#: labels at most, and how many times each comes on average at least.
_LEAST: Final = 20
_SHARE: Final = 0.3
_RARE: Final = 0.05
_LABELLED: Final = 0.6
_MOST_LABELS: Final = 60
_REPEATED: Final = 4
#: The label of words that have none.
_UNNAMED: Final = "default"


class InlineSpans(NamedTuple):
    """The notation of labels, as a note calls it."""

    notation: str
    container: str = INLINE_SPANS

    @property
    def description(self) -> str:
        """A description of a row."""
        return f"a sentence in a line, with labelled words: {self.notation}"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        parts: list[str] = []
        entities = []
        end = length = 0
        for match in self._found(text):
            parts += [text[end : match.start()], match["words"]]
            length += match.start() - end + len(match["words"])
            entities.append(
                {
                    "start": length - len(match["words"]),
                    "end": length,
                    "text": match["words"],
                    "label": match["label"] or _UNNAMED,
                }
            )
            end = match.end()
        return {"text": "".join([*parts, text[end:]]), "entities": entities}

    def oddity(self, text: str) -> str:
        """Return that a sign of a label is left in the text of a line; empty for any other."""
        if self.notation != _OPEN_NLP or not re.search(r"<START|<END>", self.row(text)["text"]):
            return ""
        return "<START> without <END>, or <END> without <START>: read as a part of the text"

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        return re.finditer(_NOTATIONS[self.notation], text)


def notation_of(lines: Sequence[bytes]) -> InlineSpans | None:
    """Return the notation of the labels in a text that begins with these lines; None for other texts."""
    if len(lines) < _LEAST or any(line.startswith(_HEADING) for line in lines) or _are_records(lines):
        return None
    if not any(sign.encode() in line for sign in _SIGNS for line in lines):
        return None
    return notation_in([line.decode("utf-8", "replace").strip() for line in lines])


def notation_in(texts: Sequence[str]) -> InlineSpans | None:
    """Return the notation of the labels in texts of which the first are these; None for other texts."""
    for sign, notation in zip(_SIGNS, _NOTATIONS, strict=True):
        if sum(sign in text for text in texts) < _RARE * len(texts):
            continue
        if _fits(found := InlineSpans(notation), texts):
            return found
    return None


def _are_records(lines: Sequence[bytes]) -> bool:
    """Whether lines are the rows of a table with such signs in a column: all have as many tabs, two or more."""
    tabs = {line.count(b"\t") for line in lines}
    return len(tabs) == 1 and tabs.pop() > 1


def _fits(found: InlineSpans, texts: Sequence[str]) -> bool:
    """Whether many lines have labelled words among others, with few labels."""
    rows = [found.row(text) for text in texts]
    labels = Counter(entity["label"] for row in rows for entity in row["entities"])
    many = sum(bool(row["entities"]) for row in rows)
    if many < (_RARE if found.notation == _OPEN_NLP else _SHARE) * len(rows):
        return False
    if any(label.lower() in _NO_LABELS for label in labels):
        return False
    some = [row for row in rows if row["entities"]]
    chars = sum(len(row["text"]) for row in some)
    labelled = sum(len(entity["text"]) for row in some for entity in row["entities"])
    words = found.notation in _OF_WORDS or labelled <= _LABELLED * chars
    return len(labels) <= _MOST_LABELS and labels.total() >= _REPEATED * len(labels) and words
