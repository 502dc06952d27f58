"""Sentences of WebAnno TSV 3, which INCEpTION and WebAnno export: ``{"tokens": […], "tags": […]}``.

After ``#FORMAT=WebAnno TSV 3.2``, a line names each layer with its features: ``#T_SP=`` (spans), ``#T_CH=`` (chains),
``#T_RL=`` (relations). Each line of a sentence has the number of a token, its place, the token, and a column for each
feature: ``_`` where there is no annotation, ``*`` where it has no value. Annotations of one token are divided by ``|``,
and the tokens of one annotation have its number in common (``FOOD[3]``). Such spans become tags that begin with ``B-``
and ``I-``; one without a value has that of another feature of its layer. A feature that nearly all tokens have without
a number is a tag as it is, such as the class of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.named_tuple import NamedTuple

WEBANNO: Final = "webanno"
_FORMAT: Final = b"#FORMAT=WebAnno TSV 3"
_LAYER: Final = re.compile(r"#T_(SP|CH|RL)=([^|]{1,400})((?:\|[^|]{0,400}){0,100})")
#: What a sentence of the file is made of in addition to its tokens.
_NOT_TOKENS: Final = (b"#",)
#: Columns before those of features, and their number for a chain.
_FIRST: Final = 3
_OF_CHAIN: Final = 2
#: Lines by which the feature of the tags is chosen, and the share of tokens from which on one says the class of each.
_SAMPLED: Final = 5000
_NEARLY_ALL: Final = 0.9
#: Distinct values of a feature that are classes, at most: more are comments.
_MOST_CLASSES: Final = 50
#: Signs for no annotation and for one without a value.
_NONE: Final = "_"
_NO_VALUE: Final = "*"
#: An annotation with what numbers it, and a feature that refers to other annotations or to an address.
_NUMBERED: Final = re.compile(r"(.*?)(?<!\\)\[(\d{1,9})\]", re.DOTALL)
_NUMBER: Final = re.compile(r"(?<!\\)\[\d{1,9}\]")
_DIVIDED: Final = re.compile(r"(?<!\\)\|")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_REFERENCE: Final = re.compile(r"(?:BT|ROLE)_|.*identifier$", re.IGNORECASE)
_NAMED: Final = ("NamedEntity", "value")


class WebAnno(NamedTuple):
    """The column of the tags and its name; ``spans`` says that annotations are spans, and no classes of tokens.

    ``others`` are the columns of features of the same layer, with their names, for annotations without a value.
    """

    tag: int
    name: str
    spans: bool
    others: tuple[tuple[int, str], ...] = ()
    container: str = WEBANNO
    not_tokens: tuple[bytes, ...] = _NOT_TOKENS
    headed: bool = False

    @property
    def description(self) -> str:
        """A description of a row."""
        if not self.name:
            return "a sentence without tags"
        more = "".join(f", or its {name} where it has no value" for _, name in self.others)
        return f"a sentence: tokens, and tags from {self.name}{more}"

    def sentence(self, lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a sentence whose first line has the number ``first``, and the problem with its text."""
        texts, problem = decoded_lines(lines, first)
        if texts is None:
            return None, problem
        tokens: list[str] = []
        fields: list[str] = []
        for number, _, token, *others in ((*text.split("\t"), "", "") for text in texts):
            field = self._field(others)
            if "." not in number:
                tokens.append(_plain(token))
                fields.append(field)
            elif fields and fields[-1] == _NONE:  # what is said of a part of a token
                fields[-1] = field
        tags, before = [], frozenset[str]()
        for field in fields:
            tag, before = self._tag(field, before)
            tags.append(tag)
        return {"tokens": tokens, "tags": tags}, problem

    def _field(self, fields: Sequence[str]) -> str:
        """Return the annotations of a token, with the values of other features for those that have none."""
        field = fields[self.tag - _FIRST] if self.tag - _FIRST < len(fields) else _NONE
        if not self.others or _NO_VALUE not in field:
            return field
        found = _DIVIDED.split(field)
        for column, _ in self.others:
            values = _DIVIDED.split(fields[column - _FIRST]) if column - _FIRST < len(fields) else []
            if len(values) == len(found):
                found = [value if own.startswith(_NO_VALUE) else own for own, value in zip(found, values, strict=True)]
        return "|".join(found)

    def _tag(self, field: str, before: frozenset[str]) -> tuple[str, frozenset[str]]:
        """Return the tag of a token, and the numbers of the spans that it is in; ``before`` are those before it."""
        value, number = next(_annotations(field), ("", ""))
        if not field or field == _NONE:
            return "O" if self.spans else _NONE, frozenset()
        if not self.spans:
            return value, frozenset()
        numbers = frozenset(each for _, each in _annotations(field) if each)
        return f"{'I' if number in before else 'B'}-{value or 'span'}", numbers


def webanno_of(head: bytes) -> WebAnno | None:
    """Return the layout of a file of WebAnno TSV 3 that begins with ``head``; None for any other file."""
    if not head.startswith(_FORMAT):
        return None
    lines = [line.decode("utf-8", "replace") for line in head.split(b"\n")[:_SAMPLED] if line.strip(SPACE)]
    names = list(chain.from_iterable(map(_columns, lines)))
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    found: tuple[int, int, bool] | None = None
    for place, (layer, feature) in enumerate(names, _FIRST):
        if not layer:
            continue
        filled = _filled(rows, place)
        worth = (layer.endswith(_NAMED[0]) and feature == _NAMED[1]) * 2 + bool(_values(filled))
        spans = len(filled) < _NEARLY_ALL * len(rows) or any(map(_NUMBER.search, filled))
        if filled and (found is None or worth > found[0]):
            found = worth, place, spans
    if found is None:
        return WebAnno(_FIRST, "", spans=True)
    _, tag, spans = found
    layer, feature = names[tag - _FIRST]
    short = layer.rpartition(".")[2]
    alike = [
        (place, name)
        for place, (of, name) in enumerate(names, _FIRST)
        if spans and of == layer and place != tag and 0 < len(_values(_filled(rows, place))) <= _MOST_CLASSES
    ]
    return WebAnno(tag, short if feature == short else f"{short} {feature}".strip(), spans, tuple(alike))


def _filled(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return the fields of a column that have an annotation."""
    return [row[place] for row in rows if len(row) > place and row[place] not in ("", _NONE)]


def _values(fields: Sequence[str]) -> set[str]:
    """Return the values of annotations."""
    return {value for field in fields for value, _ in _annotations(field)} - {""}


def _columns(line: str) -> Iterator[tuple[str, str]]:
    """Yield the layer and feature of each column of a layer; those that are no annotations of a text have no layer."""
    match = _LAYER.match(line.rstrip("\r"))
    if match is None:
        return
    kind, layer, rest = match.groups()
    if kind == "CH":
        yield from [("", "")] * _OF_CHAIN
        return
    for feature in rest.split("|")[1:] or [""]:
        of_text = kind == "SP" and not _REFERENCE.match(feature)
        yield (layer, feature) if of_text else ("", "")


def _annotations(field: str) -> Iterator[tuple[str, str]]:
    """Yield the value and the number of each annotation of a token, empty where there is none."""
    for each in _DIVIDED.split(field):
        match = _NUMBERED.fullmatch(each)
        value, number = match.groups() if match is not None else (each, "")
        yield "" if value == _NO_VALUE else _plain(value), number


def _plain(text: str) -> str:
    """Return a text without its escapes."""
    return _ESCAPED.sub(r"\1", text)
