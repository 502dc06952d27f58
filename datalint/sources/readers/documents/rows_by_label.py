"""One JSON object with lists of rows that lack a label, which is the name of their list: FewRel, SNIPS."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
import orjson

from datalint.sources.content import Content
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.list_spans import ListSpans, lists_in
from datalint.sources.readers.documents.listed_rows import InLists, are_pieces, entity_of
from datalint.sources.readers.documents.object_pairs import ObjectPairs
from datalint.sources.readers.documents.reader import Document
from datalint.sources.splits import SPLIT
from datalint.support.names.language_codes import WHOLE

#: Rows in all lists together at least, and lists at most.
_LEAST_ROWS: Final = 10
_MOST_LISTS: Final = 1_000
#: Rows of each list that are looked at, those of the only one, and their size in bytes at most.
_SAMPLED: Final = 3
_ALONE: Final = 50
_LARGEST: Final = 1 << 16
#: Keys of a sentence in which two are related, and of these two.
_TOKENS: Final = ("tokens", "token", "text", "sentence")
_RELATED: Final = ({"h", "t"}, {"head", "tail"}, {"subject", "object"}, {"subj", "obj"}, {"e1", "e2"})
#: Keys of a text, and of what says which row it is.
_TEXTS: Final = frozenset(("text", "sentence", "utterance", "comment", "content"))
_IDS: Final = frozenset(("id", "idx", "index", "uid", "guid", "_id", "text_id", "sentence_id"))
#: Characters of a text with a class, on average, at most.
_LONGEST: Final = 400
#: Names of lists that are parts of one row, or rows that have no label.
_PARTS: Final = frozenset(
    """messages conversation conversations dialogue dialogues dialog dialogs segments contents history turns entities
    annotations spans sentences paragraphs documents articles examples data rows items records questions answers
    prompts responses sources references metadata relations""".split()
)


def rows_by_label(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows of an object that has a list of them by the name of each label; None for any other object.

    The rows are texts alone, sentences in which two are related, or texts in pieces. Of one list alone, only texts in
    pieces are rows, and its name is no label.
    """
    if not _may_be_labels(pairs):
        return None
    lists = lists_in(opening, pairs)
    if lists is None or sum(map(len, lists.values())) < _LEAST_ROWS:
        return None
    if not all(each.objects == len(each) and not each.turns for each in lists.values()):
        return None
    many = _ALONE if len(lists) == 1 else _SAMPLED
    rows = list(chain.from_iterable(_first(opening.content, each, many) for each in lists.values()))
    pieces = _are_in_pieces(rows)
    if not rows or (len(lists) == 1 and not pieces):
        return None
    key = "intent" if pieces else _label_of(rows)
    if not key or (key == "label" and _are_sides(lists)):
        return None
    return _document(opening, lists, key, pieces=pieces)


def _may_be_labels(pairs: ObjectPairs) -> bool:
    names = pairs.keys
    if not pairs.closed or set(pairs.openers) != {b"["} or not 0 < len(names) <= _MOST_LISTS:
        return False
    if len(set(names)) < len(names) or all(map(str.isdecimal, names)):
        return False
    return not any(name.lower() in _PARTS for name in names) and not all(map(SPLIT.fullmatch, names))


def _are_sides(names: Collection[str]) -> bool:
    """Return whether lists are columns, or hold the same texts in several languages."""
    from datalint.sources.readers.documents.texts_by_name import are_columns

    return are_columns(names, len(names)) or all(name.lower() in WHOLE for name in names)


def _first(content: Content, rows: ListSpans, many: int) -> list[Any]:
    """Return the first rows of a list, those as None that are too large or no JSON; of any encoding."""
    found: list[Any] = []
    for start, stop in zip(rows.starts[:many].tolist(), rows.stops[:many].tolist(), strict=True):
        try:
            found.append(orjson.loads(content.read(start, stop).decode("utf-8", "replace")))
        except orjson.JSONDecodeError:
            found.append(None)
        if stop - start > _LARGEST:
            found[-1] = None
    return found


def _are_in_pieces(rows: Sequence[Any]) -> bool:
    return all(map(are_pieces, rows)) and any(entity_of(piece) for row in rows for piece in row["data"])


def _label_of(rows: Sequence[Any]) -> str:
    """Return the key of the label that rows lack; empty if they are no rows that lack one."""
    if not all(isinstance(row, dict) for row in rows):
        return ""
    common, used = set(rows[0]).intersection(*rows[1:]), set().union(*rows)
    if any(pair <= common for pair in _RELATED):
        said = any(key in common for key in _TOKENS)
        return "relation" if said and not used & {"relation", "label", "rel"} else ""
    texts = common & _TEXTS
    if len(texts) != 1 or not used <= texts | _IDS:
        return ""
    found = [row[next(iter(texts))] for row in rows]
    if not all(isinstance(text, str) and " " in text.strip() for text in found):
        return ""
    return "label" if sum(map(len, found)) <= _LONGEST * len(found) else ""


def _document(opening: Opening, lists: Mapping[str, ListSpans], key: str, *, pieces: bool) -> Document:
    filled = {name: rows for name, rows in lists.items() if len(rows)}
    alone = len(lists) == 1
    begins = np.array([int(rows.starts[0]) for rows in filled.values()], np.int64)
    way = InLists(begins, tuple(map(orjson.dumps, filled)), "" if alone else key, pieces)
    starts, stops = (np.concatenate([rows[side] for rows in filled.values()]) for side in (0, 1))
    said = "one list of rows" if alone else f"{len(lists):,} lists of rows"
    message = f"one JSON object with {said}"
    message += "; their pieces are read as text and entities" if pieces else ""
    message += "" if alone else f"; each row has the name of its list as {key}"
    problems = [*opening.problems, one_object(opening, message)]
    return Document.of(opening, starts, stops, problems, "json-object", nameless=way)
