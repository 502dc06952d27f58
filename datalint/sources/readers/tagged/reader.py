"""Tagged text (CoNLL): a token and its tags on each line, and a blank line after each sentence.

A row is a sentence, ``{"tokens": [...], "tags": [...]}``, with the first and the last column, and ``layers`` with the
tags of others if spans have several columns; ``extra`` has what else is compared, as classes of words. Sentences are
separated by blank lines; the tags are those of spans (``B-PER``, ``B_PER``), classes of words (``NOUN``), or few of any
names. Lines that begin with ``-DOCSTART-``, ``# `` or ``## ``, or are ``#name = value``, ``###MEDLINE:7`` or
``<HEADLINE>``, are no tokens, but for ``# O``; neither are those without a tab, or with one word and no tag, above the
tokens of nearly all sentences. A line with one word below the tokens of nearly all sentences is their intent, under
``intent``. Tags may be the first column.
The format: CoNLL-2003 (Tjong Kim Sang, De Meulder, 2003).

Later tasks have a column that numbers the tokens of each sentence (``3``, ``S_17_3``): then the tokens are in the next
one. Lines that begin with ``#`` are comments there, and ranges and decimals (``1-2``, ``1.1``) number no tokens.
CoNLL-U, of ten columns (one more or less where a tab was lost or added), has the class of a word in the fourth; tags
of spans among the features in the last (``name=B-PER``) are read before these. A column with the tags of several
annotators (``O|B|O``) is read before all others. Classes of words are read before their analyses
(``Verb,Past,A3sg``). Features (``SpaceAfter=No``) are no tags: sentences with no others are texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.tagged.commented_intents import are_intended, with_intent
from datalint.sources.readers.tagged.few_tags import classes_before_analyses, have_few_tags, tags_before_few
from datalint.sources.readers.tagged.not_tokens import NOT_TOKENS, above, are_headed, have_alone, is_left_out
from datalint.sources.readers.tagged.tag_layers import compared, layered
from datalint.sources.readers.tagged.tags_first import has_tags_first
from datalint.sources.readers.tagged.text_columns import columns_of_texts
from datalint.sources.readers.tagged.token_features import are_features, feature_of, joined, tagging_feature
from datalint.sources.readers.tagged.token_numbers import PART, count
from datalint.sources.readers.tagged.whole_sentences import are_replies, label_sentences
from datalint.sources.readers.tagged.word_classes import CLASSES, are_words
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import EXTRA, LAYERS, TAG

#: The containers of tagged text: without numbers of tokens, with them, and CoNLL-U.
CONLL: Final = "conll"
NUMBERED: Final = "conll-numbered"
UNIVERSAL: Final = "conll-u"
_BLANKS: Final = SPACE.decode()
_SPACES: Final = re.compile("[ \r]+")
#: The share of tokens that have the class of a word.
_NAMED: Final = 0.7
_MOST_CLASSES: Final = 100
#: Columns of CoNLL-U, the one with the class of a word, and those of its lemma and of the word that it depends on.
_UNIVERSAL: Final = 10
_UPOS: Final = 3
_HEAD: Final = 6
_LEMMA_HEAD: Final = (2, _HEAD)
#: The column of CoNLL-U that has no annotation of a word.
_MISC: Final = 9
#: Characters of a token that a message shows.
_SHOWN: Final = 40
#: The tags that several annotators gave to one token.
_SEVERAL: Final = re.compile(r"(?:[OBIESLU](?:[-_][^\s|]{1,40})?\|){1,60}[OBIESLU](?:[-_][^\s|]{1,40})?")
#: Columns in which the numbers of tokens may be, and the tokens of a sentence on average.
_EARLY: Final = 3
_COUNTED: Final = 2
#: Lines with tokens that are needed to recognise the format, the share of them with a tag, and the most fields.
_LEAST: Final = 20
_SHARE: Final = 0.95
_MOST_FIELDS: Final = 20


class Columns(NamedTuple):
    """The columns of tokens and of tags; ``numbered`` says that the column before the tokens numbers them.

    ``width`` is the number of columns; 0 if lines have different numbers of them. ``headed``: lines without a tab are
    above the tokens. ``led``: the first line of a sentence names it. ``footed``: its last line is its intent;
    ``intended``: a comment is. ``whole``: a tag is the label of its sentence, which is a text; ``alike``: it is one of
    tokens nevertheless. ``layers``: the columns of other tags; ``others``: those that rows are compared by alone.
    ``untagged``: no column has tags. ``feature``: the one of several that is the tag, as ``name`` is of
    ``name=B-PER|SpaceAfter=No``.
    """

    token: int = 0
    tag: int = -1
    numbered: bool = False
    width: int = 2
    headed: bool = False
    led: bool = False
    footed: bool = False
    layers: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    whole: bool = False
    alike: bool = False
    untagged: bool = False
    feature: str = ""
    intended: bool = False

    @property
    def container(self) -> str:
        """The container of a file with these columns."""
        if not self.numbered:
            return CONLL
        return UNIVERSAL if self[:3] == _OF_UNIVERSAL[:3] else NUMBERED

    @property
    def description(self) -> str:
        """A description of a row with more than two columns; empty if the container implies it."""
        if self.untagged:
            return f"a sentence without tags: its tokens, from column {self.token + 1}, as a text"
        if self.headed:
            return "a sentence: lines with a token and its tag; the lines without a tab above them are left out"
        if self.led:
            return "a sentence: lines with a token and its tag; the line of one word above them is left out"
        if self.footed:
            return "a sentence: lines with a token and its tag, and its intent in the last line"
        if self.intended:
            return f"{self._replace(intended=False).description or 'a sentence'}; its intent is in a comment above"
        if self.whole:
            column = self.tag % self.width + 1
            return f"a sentence as a text, and the tag in column {column} of all its tokens as its label"
        if (0 < self.width <= 2 and self.tag and not self.alike) or self.container == UNIVERSAL:
            return ""
        tags = "the last one"
        if self.width:
            tags = f"column {self.tag % self.width + 1} of {self.width}"
        if self.feature:
            tags = f'"{self.feature}" in {tags}'
        named = f'; those of {len(self.layers)} more under "{LAYERS}"' if self.layers else ""
        if self.alike:
            named += "; all tokens of a sentence have the same tag, which may be its label"
        if self.others:
            place = self.others[-1] + 1
            named += f"; to learn another column, such as {place}, write it after the tokens, without the others"
        return f"a sentence: tokens from column {self.token + 1}, tags from {tags}{named}"

    @property
    def not_tokens(self) -> tuple[bytes, ...]:
        """Beginnings of lines that are no tokens."""
        return (*NOT_TOKENS, b"#") if self.numbered else NOT_TOKENS

    def sentence(self, lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a sentence whose first line has the number ``first``, and the problem with its text."""
        texts, problem = decoded_lines(lines, first)
        if texts is None:
            return None, problem
        last: dict[str, Any] = {}
        if self.headed:
            texts = texts[above(texts, "\t") :]
        if self.intended:
            texts, last["intent"] = with_intent(texts, self.not_tokens)
        if not (fields := [_fields(text) for text in texts]):
            return None, problem
        if self.led and len(fields[0]) == 1 < len(fields):
            del fields[0]
        if self.footed:
            last["intent"] = fields.pop()[0] if len(fields[-1]) == 1 else ""
        if self.numbered:
            fields = [each for each in fields if not PART.fullmatch(_at(each, self.token - 1))] or fields
        tokens = [_at(each, self.token) for each in fields]
        problem = problem or self._more_fields(texts, fields, first)
        if self.untagged:
            return {"text": joined(tokens, [_at(each, _MISC) for each in fields])}, problem
        tags: dict[str, Any] = {"tags": [self.tag_of(each) for each in fields]}
        if self.whole and len(set(tags["tags"])) == 1:
            return {"text": " ".join(tokens), "label": tags["tags"][0]}, problem
        if self.layers:
            tags[LAYERS] = [[_at(each, place) for each in fields] for place in self.layers]
        if self.others:
            tags[EXTRA] = [[_at(each, place) for each in fields] for place in self.others]
        return {"tokens": tokens, **tags, **last}, problem

    def _more_fields(self, texts: Sequence[str], fields: Sequence[Sequence[str]], first: int) -> Problem | None:
        """Return the problem with the first line with more fields than the token and its tag of most others."""
        if self != PAIRS or len(texts) != len(fields):
            return None
        more = [place for place, each in enumerate(fields) if len(each) > self.width and "\t" not in texts[place]]
        if not 0 < 2 * len(more) <= len(fields):
            return None
        place = more[0]
        message = (
            f"{len(fields[place])} fields between blanks, where other lines have {self.width}: the token is read as "
            f'"{excerpt(fields[place][0], _SHOWN)}"; if it has blanks, write it without, or a tab before the tag'
        )
        return Problem("invalid-row", message, first + place, severity="warning", fixable=False)

    def tag_of(self, fields: Sequence[str]) -> str:
        """Return the tag of a line; empty where there is none."""
        if self.feature:
            return feature_of(_at(fields, self.tag), self.feature)
        return _at(fields, self.tag) if self.tag == 0 or len(fields) > self.token + 1 else ""

    def with_layers(self, rows: Sequence[Sequence[str]]) -> Columns:
        """Return the columns of these lines, with those of the layers of tags."""
        tag, layers = layered(rows, self.tag, self.token + 1, width := _width(rows))
        others = compared(rows, {tag % width, *layers}, self.token + 1, width) if width else ()
        return self._replace(tag=tag, width=width, layers=layers, others=others)


#: The first column and the last one, and the second one where tabs separate two columns: a line may end in more tabs.
PAIRS: Final = Columns()
_OF_TWO: Final = Columns(0, 1)
_OF_UNIVERSAL: Final = Columns(1, _UPOS, numbered=True)


def columns_of(head: bytes, *, named: bool = False) -> Columns | None:
    """Return the columns of a file that begins with a token and a tag on each line and blank lines after sentences.

    Any other file has None. ``named`` says that the file is named so: then any words may be tags.
    """
    *lines, _ = head.split(b"\n") if b"\n" in head else [b""]
    if _end_in_tabs(lines):
        ended = columns_of(b"".join(line.rstrip(b"\r")[:-1] + b"\n" for line in lines), named=named)
        return ended._replace(tag=ended.tag % ended.width) if ended is not None and ended.width else None
    texts: list[list[str]] = [[]]
    for line in lines:
        if not line.strip(SPACE):
            texts.append([])
        elif not is_left_out(line, NOT_TOKENS):
            texts[-1].append(line.decode("utf-8", "replace"))
    if len(texts) == 1 or not any(texts):
        return None
    headed = are_headed(texts)
    sentences = [[_fields(text) for text in each[above(each, "\t") if headed else 0 :]] for each in texts]
    if headed:
        rows = list(chain(*sentences))
        if (width := _width(rows)) < 2 or not _are_tagged(rows, PAIRS, named=named):
            return None
        return (_OF_TWO if width == 2 else PAIRS.with_layers(rows))._replace(headed=True)
    if have_alone(sentences, 0):
        rows = list(chain(*(each[1:] for each in sentences)))
        return PAIRS._replace(width=_width(rows), led=True) if _are_tagged(rows, PAIRS, named=named) else None
    if have_alone(sentences, -1):
        rows = list(chain(*(each[:-1] for each in sentences)))
        return PAIRS._replace(width=_width(rows), footed=True) if _are_tagged(rows, PAIRS, named=named) else None
    found = _numbered(sentences)
    if found is not None and (found[0].feature or _are_tagged(found[1], found[0], named=named)):
        columns = found[0] if found[0].untagged or found[0].feature else found[0].with_layers(found[1])
        return columns._replace(intended=are_intended(head, sum(map(bool, sentences))))
    rows = list(chain(*sentences))
    if named and has_tags_first(sentences, width := _width(rows)):
        return Columns(1, 0, width=width)
    first = columns_of_texts(sentences) if _width(rows) else 0
    columns = PAIRS._replace(token=first)
    if not first and (classes := classes_before_analyses(sentences)) is not None:
        return columns._replace(tag=classes).with_layers(rows)
    if not _are_tagged(rows, columns, named=named) and (first or not have_few_tags(sentences)):
        few = _before_many(rows, columns) if named else None if first else tags_before_few(sentences)
        if few is None:
            return None
        columns = columns._replace(tag=few)
    columns = columns.with_layers(rows)._replace(intended=are_intended(head, sum(map(bool, sentences))))
    if columns.width and label_sentences(sentences, columns.token, columns.tag):
        turns = are_replies(sentences)
        return columns._replace(whole=not turns, alike=turns)
    return columns._replace(tag=1) if b"\t" in head and columns.width == 2 and not columns.layers else columns


def _end_in_tabs(lines: Sequence[bytes]) -> bool:
    """Return whether each line has a tab behind its last field, as if it had one more, which is empty."""
    fields = [line.rstrip(b"\r").split(b"\t") for line in lines if line.strip(SPACE)]
    return bool(fields) and all(len(each) > 2 and not each[-1] for each in fields)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of columns of nearly all lines; 0 if they have different numbers."""
    width, alike = Counter(map(len, rows)).most_common(1)[0]
    return width if alike >= _SHARE * len(rows) else 0


def _numbered(sentences: Sequence[Sequence[Sequence[str]]]) -> tuple[Columns, list[Sequence[str]]] | None:
    """Return the columns of sentences whose tokens are numbered from 0 or 1, and their lines; None for others.

    Columns before the numbers are the same in a whole sentence, as that of its document is.
    """
    given = [[row for row in each if not row[0].startswith("#")] for each in sentences]
    given = [each for each in given if each]
    for place in range(_EARLY):
        words = [[row for row in each if not PART.fullmatch(_at(row, place))] for each in given]
        counted = [each for each in words if count([_at(row, place) for row in each])]
        rows = list(chain(*words))
        if len(counted) >= _SHARE * len(given) and len(rows) >= _COUNTED * len(given) > 0:
            token = place + 1
            if not _have_tags(rows, token):
                return None
            universal = token == 1 and _width(rows) == _UNIVERSAL
            if universal and (feature := tagging_feature([_at(r, _MISC) for r in rows])):
                return Columns(token, _MISC, numbered=True, width=_UNIVERSAL, feature=feature), rows
            found = _tag(rows, token)
            return Columns(token, -1 if found is None else found, numbered=True, untagged=found is None), rows
        if any(len({_at(row, place) for row in each}) > 1 for each in given):
            return None
    return None


def _have_tags(rows: Sequence[Sequence[str]], token: int) -> bool:
    """Whether nearly all lines have more than a number and a token."""
    return sum(len(row) > token + 1 for row in rows) >= _SHARE * len(rows)


def _tag(rows: Sequence[Sequence[str]], token: int) -> int | None:
    """Return the column of the tags: the last one, unless it says nothing of any token; None if none has tags.

    Tags of several annotators are what a file was made for. Lines of CoNLL-U have the class of a word in its own
    column. Where sentences have more columns than others, as many as they have verbs, the last one is of the last of
    these.
    """
    widths = set(map(len, rows))
    if len(widths) > 1:
        return _UPOS if token == 1 and _are_corrected(rows) else -1
    (width,) = widths
    for place in range(token + 1, width):
        if sum(_SEVERAL.fullmatch(row[place]) is not None for row in rows) >= _SHARE * len(rows):
            return place if place < width - 1 else -1
    for place in (_UPOS, _UPOS + 1) if token == 1 and width == _UNIVERSAL else ():
        if sum(row[place] in CLASSES for row in rows) >= _NAMED * len(rows):
            return place
    given = [(place, {row[place] for row in rows}) for place in range(width - 1, token, -1)]
    # A lemma is no tag, nor is the number of another word.
    given = [each for each in given if not (are_features(each[1]) or (width == _UNIVERSAL and each[0] in _LEMMA_HEAD))]
    for place, tags in given:
        if len(tags) > 1 and len(tags) * 3 <= len(rows):
            return place if place < width - 1 else -1
    return -1 if given else None


def _are_corrected(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines are those of CoNLL-U of which some lost or gained a tab, as when they were corrected by hand."""
    near = [row for row in rows if abs(len(row) - _UNIVERSAL) <= 1]
    words = sum(row[_UPOS] in CLASSES and row[_HEAD].isdecimal() for row in near)
    return len(near) == len(rows) and words >= _NAMED * len(rows)


def _are_tagged(rows: Sequence[Sequence[str]], columns: Columns, *, named: bool) -> bool:
    """Whether nearly all lines are a token and a tag; of which there are few, or that are known."""
    universal = named and columns.numbered and columns.token == 1 and _width(rows or [()]) == _UNIVERSAL
    if len(rows) < (1 if universal else _LEAST):
        return False
    words = named or (columns.numbered and are_words([_at(row, columns.token) for row in rows]))
    if _are_classes(rows, columns) or (words and _are_few(rows, columns)):
        return True
    most = range(columns.token + 2, _MOST_FIELDS + 1)
    tags = [columns.tag_of(row) for row in rows if len(row) in most]
    return any(sum(each.fullmatch(tag) is not None for tag in tags) >= _SHARE * len(rows) for each in (TAG, _SEVERAL))


def _are_few(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether nearly all rows have a token and a tag, of which there are few."""
    tags = [columns.tag_of(row) for row in rows if len(row) > columns.token + 1]
    return len(tags) >= _SHARE * len(rows) and len(set(tags)) * 3 <= len(tags)


def _before_many(rows: Sequence[Sequence[str]], columns: Columns) -> int | None:
    """Return the last column with few tags before one with many values, such as analyses; None if there is none."""
    places = range(_width(rows) - 2, columns.token, -1) if len(rows) >= _LEAST else ()
    return next((place for place in places if _are_few(rows, columns._replace(tag=place))), None)


def _are_classes(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether rows are a token and the class of a word, such as ``NOUN`` or ``VBZ``; few have another tag."""
    tags = Counter(columns.tag_of(row) for row in rows if columns.numbered or len(row) == 2)
    named = sum(count for tag, count in tags.items() if tag in CLASSES)
    return tags.total() == len(rows) and named >= _NAMED * len(rows) and len(tags) <= _MOST_CLASSES


def _at(fields: Sequence[str], place: int) -> str:
    return fields[place] if place < len(fields) else ""


def _fields(line: str) -> list[str]:
    """Return the fields of a line that is not blank; other white space than separates fields may be a token.

    So may a blank before the first tab, or before the blank before a tag, where a text is divided into characters.
    """
    line = line.strip("\r")
    if "\t" not in line:
        found = _SPACES.split(line.strip(_BLANKS))
        return [" ", *found] if len(found) == 1 and line.startswith("  ") else found
    fields = [field.strip(_BLANKS) for field in line.split("\t")]
    return [" ", *fields[1:]] if not fields[0] and line.startswith(" ") else fields
