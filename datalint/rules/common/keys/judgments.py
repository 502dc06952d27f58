"""Rows that judge by its id how relevant a document is to a query, as TREC's and BEIR's do: the document is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.letters import letters_of

#: Names of keys, without signs and in small letters: of a query or its id, of the id of a document, and of a judgment.
_QUERIES: Final = frozenset(("query", "queryid", "qid", "question", "questionid", "querytext", "search", "searchterm"))
_DOCUMENTS: Final = frozenset(
    ("docid", "documentid", "docno", "pid", "passageid", "corpusid", "articleid", "paperid", "productid", "patentid")
)
_JUDGED: Final = frozenset("label relevance relevant rel score grade judgment judgement relevancelabel rating".split())
#: The name of an id, which is one of a document only if it has a letter and a digit, since rows have numbers.
_ID: Final = "id"
_OF_DOCUMENT: Final = lazy_pattern(r"(?=.{0,80}[A-Za-z])(?=.{0,80}\d)[\w.:/-]{4,80}")
#: How the names of links to documents end.
_LINKS: Final = ("url", "uri", "link")
#: Names of the document itself, and characters and words of another value, such as a topic, at most.
_TEXTS: Final = frozenset("title text passage document doc content abstract body answer response snippet".split())
_SHORT: Final = 100
_WORDS: Final = 12
#: Keys of a row at most, and characters of a judgment.
_MOST_KEYS: Final = 8
_LONGEST: Final = 20


def judged_document(row: Mapping[str, Any]) -> str | None:
    """Return the key of the id of the document that a row judges; None for a row of anything else."""
    if len(row) > _MOST_KEYS:
        return None
    names = {letters_of(key[:_SHORT]): key for key in row}
    if not _TEXTS.isdisjoint(names):
        return None
    # A link to a document stands for it too.
    linked = next((key for name, key in names.items() if name.endswith(_LINKS) and is_link(row[key])), None)
    query, judged = (next((names[name] for name in names if name in some), None) for some in (_QUERIES, _JUDGED))
    document = next((names[name] for name in names if name in _DOCUMENTS), None)
    named = names.get(_ID)
    if document is None and named is not None and _OF_DOCUMENT.fullmatch(str(row[named])):
        document = named
    document = document or linked
    if query is None or judged is None or document is None:
        return None
    values = [value for key, value in row.items() if key not in (query, document)]
    return document if all(map(_is_brief, values)) and _is_judgment(row[judged]) else None


def judge_others(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two rows are judgments of different documents."""
    key = judged_document(one)
    return key is not None and key == judged_document(other) and one[key] != other[key]


def _is_brief(value: object) -> bool:
    """Whether a value is no document: a number, or a few words."""
    if isinstance(value, str):
        return len(value) <= _SHORT and len(value.split()) <= _WORDS
    return value is None or isinstance(value, bool | int | float)


def is_link(value: object) -> bool:
    """Return whether a value is an address on the web."""
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _is_judgment(value: object) -> bool:
    return not isinstance(value, str) or len(value) <= _LONGEST
