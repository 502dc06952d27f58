"""Tagged text (CoNLL): a token and its tags on each line, and a blank line after each sentence.

A row is a sentence, ``{"tokens": [...], "tags": [...]}``, with the first and the last column, and ``layers`` with the
tags of others if spans have several columns; ``extra`` has what else is compared, as classes of words. Sentences are
separated by blank lines; the tags are those of spans (``B-PER``, ``B_PER``), classes of words (``NOUN``), or few of any
names. Lines that begin with ``-DOCSTART-``, ``# `` or ``## ``, or are ``#name = value``, ``###MEDLINE:7`` or
``<HEADLINE>``, are no tokens, but for ``# O``; neither are those without a tab, or with one word and no tag, above the
tokens of nearly all sentences. Nor is one with a number, whose last field may be the label of the sentence
(``meta 17 positive``), under ``label``. A line with one word below the tokens of nearly all sentences is their intent,
under ``intent``. Tags may be the first column.
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
from typing import Final

from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.tagged.columns import (
    MISC,
    NEARLY_ALL,
    PAIRS,
    UPOS,
    Columns,
    field_at,
    fields_of,
    width_of,
)
from datalint.sources.readers.tagged.commented_intents import are_intended
from datalint.sources.readers.tagged.few_tags import classes_before_analyses, have_few_tags, tags_before_few
from datalint.sources.readers.tagged.not_tokens import NOT_TOKENS, above, are_headed, have_alone, is_left_out
from datalint.sources.readers.tagged.numbered_heads import Head, head_of
from datalint.sources.readers.tagged.tag_layers import spans_before
from datalint.sources.readers.tagged.tags_first import has_tags_first
from datalint.sources.readers.tagged.text_columns import columns_of_texts
from datalint.sources.readers.tagged.token_features import are_features, tagging_feature
from datalint.sources.readers.tagged.token_numbers import PART, count
from datalint.sources.readers.tagged.whole_sentences import are_replies, label_sentences
from datalint.sources.readers.tagged.word_classes import CLASSES, are_words
from datalint.support.names.token_keys import TAG

#: The share of tokens that have the class of a word.
_NAMED: Final = 0.7
_MOST_CLASSES: Final = 100
#: Columns of CoNLL-U and CoNLL-X, and those of a word's lemma and of the word that it depends on.
_UNIVERSAL: Final = 10
_HEAD: Final = 6
#: The sign for no annotation, and the share of lines that have another one in a column of tags.
_BLANK: Final = "_"
_SOME: Final = 0.01
_LEMMA_HEAD: Final = (2, _HEAD)
#: The tags that several annotators gave to one token.
_SEVERAL: Final = re.compile(r"(?:[OBIESLU](?:[-_][^\s|]{1,40})?\|){1,60}[OBIESLU](?:[-_][^\s|]{1,40})?")
#: Columns in which the numbers of tokens may be, and the tokens of a sentence on average.
_EARLY: Final = 3
_COUNTED: Final = 2
#: Lines with tokens that are needed to recognise the format, and the most fields.
_LEAST: Final = 20
#: Lines that are enough where all have tags of spans, of which some begin one and others are outside.
_LEAST_SPANS: Final = 5
_MOST_FIELDS: Final = 20


_OF_TWO: Final = Columns(0, 1)


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
    sentences = [[fields_of(text) for text in each[above(each, "\t") if headed else 0 :]] for each in texts]
    if headed:
        rows = list(chain(*sentences))
        if (width := width_of(rows)) < 2 or not _are_tagged(rows, PAIRS, named=named):
            return None
        return (_OF_TWO if width == 2 else PAIRS.with_layers(rows))._replace(headed=True)
    if have_alone(sentences, 0):
        rows = list(chain(*(each[1:] for each in sentences)))
        return PAIRS._replace(width=width_of(rows), led=True) if _are_tagged(rows, PAIRS, named=named) else None
    if have_alone(sentences, -1):
        rows = list(chain(*(each[:-1] for each in sentences)))
        return PAIRS._replace(width=width_of(rows), footed=True) if _are_tagged(rows, PAIRS, named=named) else None
    if (heading := head_of(sentences)) is not None:
        return _below(heading, lines, named=named)
    return _of_sentences(sentences, head, named=named)


def _below(heading: Head, lines: Sequence[bytes], *, named: bool) -> Columns | None:
    """Return the columns of sentences that have a heading each."""
    bare = [
        line for line in lines if not line.strip(SPACE) or not heading.opens(fields_of(line.decode("utf-8", "replace")))
    ]
    below = columns_of(b"".join(line + b"\n" for line in bare), named=named)
    return None if below is None else below._replace(head=heading, whole=below.whole and not heading.labelled)


def _of_sentences(sentences: list[list[list[str]]], head: bytes, *, named: bool) -> Columns | None:
    """Return the columns of sentences without any other line, each token with its fields."""
    found = _numbered(sentences)
    if found is not None and (found[0].feature or _are_tagged(found[1], found[0], named=named)):
        columns = found[0] if found[0].untagged or found[0].feature else found[0].with_layers(found[1])
        return columns._replace(intended=are_intended(head, sum(map(bool, sentences))))
    rows = list(chain(*sentences))
    if named and has_tags_first(sentences, width := width_of(rows)):
        return Columns(1, 0, width=width)
    first = columns_of_texts(sentences) if width_of(rows) else 0
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


def _numbered(sentences: Sequence[Sequence[Sequence[str]]]) -> tuple[Columns, list[Sequence[str]]] | None:
    """Return the columns of sentences whose tokens are numbered from 0 or 1, and their lines; None for others.

    Columns before the numbers are the same in a whole sentence, as that of its document is.
    """
    given = [[row for row in each if not row[0].startswith("#")] for each in sentences]
    given = [each for each in given if each]
    for place in range(_EARLY):
        words = [[row for row in each if not PART.fullmatch(field_at(row, place))] for each in given]
        counted = [each for each in words if count([field_at(row, place) for row in each])]
        rows = list(chain(*words))
        if len(counted) >= NEARLY_ALL * len(given) and len(rows) >= _COUNTED * len(given) > 0:
            token = place + 1
            if not _have_tags(rows, token):
                return None
            universal = token == 1 and width_of(rows) == _UNIVERSAL
            if universal and (feature := tagging_feature([field_at(r, MISC) for r in rows])):
                return Columns(token, MISC, numbered=True, width=_UNIVERSAL, feature=feature), rows
            found = _tag(rows, token)
            return Columns(token, -1 if found is None else found, numbered=True, untagged=found is None), rows
        if any(len({field_at(row, place) for row in each}) > 1 for each in given):
            return None
    return None


def _have_tags(rows: Sequence[Sequence[str]], token: int) -> bool:
    """Whether nearly all lines have more than a number and a token."""
    return sum(len(row) > token + 1 for row in rows) >= NEARLY_ALL * len(rows)


def _tag(rows: Sequence[Sequence[str]], token: int) -> int | None:
    """Return the column of the tags: the last one, unless it says nothing of any token; None if none has tags.

    Tags of several annotators are what a file was made for, and so are those of spans before a column that says nothing
    of nearly all tokens, as that of a sentence's last verb does. Lines of CoNLL-U have the class of a word in its own
    column. Where sentences have more columns than others, as many as they have verbs, the last one is of the last of
    these.
    """
    widths = set(map(len, rows))
    if len(widths) > 1:
        return UPOS if token == 1 and _are_corrected(rows) else -1
    (width,) = widths
    for place in range(token + 1, width):
        if sum(_SEVERAL.fullmatch(row[place]) is not None for row in rows) >= NEARLY_ALL * len(rows):
            return place if place < width - 1 else -1
    classes = (UPOS, UPOS + 1) if token == 1 and width == _UNIVERSAL else ()
    for place in classes:
        if sum(row[place] in CLASSES for row in rows) >= _NAMED * len(rows):
            return place
    given = [(place, {row[place] for row in rows}) for place in range(width - 1, token, -1)]
    # A lemma is no tag, nor is the number of another word.
    given = [each for each in given if not (are_features(each[1]) or (width == _UNIVERSAL and each[0] in _LEMMA_HEAD))]
    # A few words in an empty column are remarks, unless they are the rare spans that a file was made for.
    said = [each for each in given if _says_something(rows, each[0])]
    given = said or given
    if classes and _is_parsed(rows) and (not given or given[0][0] < MISC or _repeats_relation(rows)):
        known = [place for place, tags in reversed(given) if place in classes and len(tags) * 3 <= len(rows)]
        if known:
            return known[0]
    for place, tags in given:
        if len(tags) > 1 and len(tags) * 3 <= len(rows):
            place = spans_before(rows, token, place)
            return place if place < width - 1 else -1
    return -1 if given else None


def _says_something(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column has the tag of a span, or says something of more than a few words."""
    tags = [row[place] for row in rows if row[place] != _BLANK]
    return len(tags) > _SOME * len(rows) or any(TAG.fullmatch(tag) for tag in tags)


def _is_parsed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines are those of CoNLL-X: nearly each word has the number of another one, on which it depends."""
    return sum(row[_HEAD].isdecimal() for row in rows) >= NEARLY_ALL * len(rows)


def _repeats_relation(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last column of CoNLL-X has the relation of most words again, as parses that never cross have it."""
    return sum(row[MISC] == row[_HEAD + 1] != _BLANK for row in rows) >= _NAMED * len(rows)


def _are_corrected(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines are those of CoNLL-U of which some lost or gained a tab, as when they were corrected by hand."""
    near = [row for row in rows if abs(len(row) - _UNIVERSAL) <= 1]
    words = sum(row[UPOS] in CLASSES and row[_HEAD].isdecimal() for row in near)
    return len(near) == len(rows) and words >= _NAMED * len(rows)


def _are_tagged(rows: Sequence[Sequence[str]], columns: Columns, *, named: bool) -> bool:
    """Whether nearly all lines are a token and a tag; of which there are few, or that are known."""
    universal = named and columns.numbered and columns.token == 1 and width_of(rows or [()]) == _UNIVERSAL
    if len(rows) < (1 if universal else _LEAST):
        return _are_spans(rows, columns)
    words = named or (columns.numbered and are_words([field_at(row, columns.token) for row in rows]))
    if _are_classes(rows, columns) or (words and _are_few(rows, columns)):
        return True
    most = range(columns.token + 2, _MOST_FIELDS + 1)
    tags = [columns.tag_of(row) for row in rows if len(row) in most]
    return any(
        sum(each.fullmatch(tag) is not None for tag in tags) >= NEARLY_ALL * len(rows) for each in (TAG, _SEVERAL)
    )


def _are_spans(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether all of a few rows have a token and the tag of a span, of which some begin one and others are outside."""
    tags = [columns.tag_of(row) for row in rows if len(row) > columns.token + 1]
    spans = len(tags) == len(rows) >= _LEAST_SPANS and all(map(TAG.fullmatch, tags))
    return spans and "O" in tags and any(tag.startswith("B-") for tag in tags)


def _are_few(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether nearly all rows have a token and a tag, of which there are few."""
    tags = [columns.tag_of(row) for row in rows if len(row) > columns.token + 1]
    return len(tags) >= NEARLY_ALL * len(rows) and len(set(tags)) * 3 <= len(tags)


def _before_many(rows: Sequence[Sequence[str]], columns: Columns) -> int | None:
    """Return the last column with few tags before one with many values, such as analyses; None if there is none."""
    places = range(width_of(rows) - 2, columns.token, -1) if len(rows) >= _LEAST else ()
    return next((place for place in places if _are_few(rows, columns._replace(tag=place))), None)


def _are_classes(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether rows are a token and the class of a word, such as ``NOUN`` or ``VBZ``; few have another tag."""
    tags = Counter(columns.tag_of(row) for row in rows if columns.numbered or len(row) == 2)
    named = sum(count for tag, count in tags.items() if tag in CLASSES)
    return tags.total() == len(rows) and named >= _NAMED * len(rows) and len(tags) <= _MOST_CLASSES
