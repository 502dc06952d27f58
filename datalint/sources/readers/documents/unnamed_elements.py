"""Elements of a JSON document that are no objects: texts, and lists whose items have no names but a fixed order."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import Any, Final

import orjson

from datalint.records.record import Problem
from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE
from datalint.sources.readers.documents.listed_texts import are_asked, are_misquoted, are_sentences, are_written
from datalint.sources.readers.documents.token_objects import are_sentences as are_of_tokens
from datalint.sources.readers.documents.token_objects import by_key
from datalint.sources.readers.documents.turn_lists import are_conversations, are_exchanges
from datalint.support.named_tuple import NamedTuple
from datalint.support.text_lists import are_texts
from datalint.support.written_lists import parse_list

#: Elements that are looked at, how many there are at least, and bytes of those that are loaded.
_SAMPLED: Final = 50
_LEAST: Final = 10
_MOST_BYTES: Final = 1 << 20
#: Characters of texts, on average, from which on they are examples that are written out, and not words or prompts.
_EXAMPLE: Final = 200
#: Texts that are JSON, or conversations, at least, and the fence that a model writes around it.
_FEW: Final = 3
_FENCED: Final = re.compile(r"\s*```(?:json|JSON)?\s*(\{.*\})\s*```\s*", re.DOTALL)
#: Items of a list that is a row.
_WIDTHS: Final = range(2, 9)
_PIECES: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]},]', re.DOTALL)
_PAIR: Final = re.compile(rb'\s*("[^"\\]*(?:\\.[^"\\]*)*")\s*:(.*)', re.DOTALL)
#: Keys of the speaker and of the text of a message.
SPEAKERS: Final = frozenset({"role", "from", "speaker", "sender"})
_SAID: Final = frozenset({"content", "value", "text", "utterance", "message"})
#: Items of a place in a text with its label, and keys of such a place and label.
_SPAN: Final = 3
_PLACES: Final = ({"start", "end"}, {"start_offset", "end_offset"}, {"start_char", "end_char"})
_LABELS: Final = frozenset({"label", "labels", "type", "entity", "entity_type", "tag", "category", "entity_group"})
#: The keys of rows of C3 and DREAM: the dialogue, questions about it, and the number of both.
_OF_QUESTIONS: Final = ("context", "questions", "id")


#: Share of the lists that have a text with the places of what is in it; a tool may leave out a text, or join several.
_MOSTLY: Final = 0.9
#: Characters of a tag of a word at most, and words for each tag at least.
_LONGEST_TAG: Final = 16
_TAGGED: Final = 5


class Nameless(NamedTuple):
    """A layout of elements other than objects as rows.

    ``keys`` are the names of a list's items, or the one name of the whole element if ``whole`` is true. If ``paired``
    is, they are those of a key of an object and of its value, which together are the element. If ``written`` is, the
    element is a text with an object in it, written as JSON. If ``tagged`` is, it is a list of pairs of a word and its
    tag, or of sentences of these. If ``turned`` is, it is a list of tokens that are objects. If ``quoted`` is, it is a
    text that is an object or list of JSON but for typographic quotation marks.
    """

    keys: tuple[str, ...]
    whole: bool = False
    paired: bool = False
    written: bool = False
    tagged: bool = False
    turned: bool = False
    quoted: bool = False

    def row(self, element: bytes, _: int = 0) -> bytes:
        """Return the JSON object that an element is read as; an element of another layout is returned as it is."""
        if self.paired:
            found = _PAIR.match(element)
            names = (key.encode() for key in self.keys)
            return b'{"%b":%b,"%b":%b}' % tuple(chain(*zip(names, found.groups(), strict=True))) if found else element
        if self.written:
            return _written(element) or element
        if self.tagged:
            return _with_tags(element) or element
        if self.turned:
            return by_key(element) or element
        if self.whole:
            if self == TURNS and not element.lstrip(WHITE).startswith(b"["):
                return element
            return b'{"%b":%b}' % (self.keys[0].encode(), element)
        items = _items(element.strip(WHITE))
        if self == SPANS and len(items) == len(self.keys):
            inner = items[1].strip(WHITE).removeprefix(b"{")
            return b'{"text":%b,%b' % (items[0], inner) if len(inner) < len(items[1].strip(WHITE)) else element
        if len(items) != len(self.keys):
            return element
        pairs = zip(self.keys, items, strict=True)
        return b"{" + b",".join(b'"%b":%b' % (key.encode(), item) for key, item in pairs) + b"}"

    @property
    def problem(self) -> Problem:
        """Return the file's problem that its rows are no objects."""
        if self.written:
            message = "rows are strings that contain a JSON object each; read as these objects"
            return Problem("not-an-object", message, severity="warning")
        if self.quoted:
            message = "rows are texts of JSON with typographic quotation marks (“), which no parser reads; read as text"
            return Problem("not-an-object", message, severity="warning")
        if self.turned:
            message = "rows are lists of tokens instead of objects; read as one list for each key of the tokens"
            return Problem("not-an-object", message, severity="warning")
        what = "texts" if self in (TEXTS, PROMPTS) else "lists"
        message = f"rows are {what} instead of objects; read as {', '.join(self.keys)}"
        return Problem("not-an-object", message, severity="warning")


#: Elements that are prompts.
PROMPTS: Final = Nameless(("prompt",), whole=True)
#: Elements that are texts to learn as they are.
TEXTS: Final = Nameless(("text",), whole=True)
#: Elements that are texts, each an object that is written as JSON.
OBJECTS: Final = Nameless((), written=True)
#: Texts that would be JSON with other quotation marks.
QUOTED: Final = Nameless(("text",), whole=True, quoted=True)
#: Lists of a text and an object with the places of what is found in it, as spaCy's training data has them.
SPANS: Final = Nameless(("text", "entities"))
#: Lists of words with their tags.
TAGGED: Final = Nameless(("tokens", "tags"), tagged=True)
#: Lists of tokens that are objects.
SENTENCES: Final = Nameless((), turned=True)
#: Texts by their prompts.
PAIRS: Final = Nameless(("prompt", "response"), paired=True)
#: The places of what is found in texts, by these.
SPANS_BY_TEXT: Final = Nameless(("text", "entities"), paired=True)
#: Lists of turns, each an object with a speaker and a text.
TURNS: Final = Nameless(("messages",), whole=True)
#: Lists of what two people say in turns.
DIALOGUES: Final = Nameless(("dialogue",), whole=True)


def is_span(item: object) -> bool:
    """Return whether a value is a place in a text with its label: an object, or a list of two numbers and the label."""
    if isinstance(item, list):
        return len(item) >= _SPAN and all(isinstance(each, int) for each in item[:2]) and isinstance(item[2], str)
    return isinstance(item, dict) and any(pair <= item.keys() for pair in _PLACES) and not _LABELS.isdisjoint(item)


def nameless_rows(content: Content, starts: Places, stops: Places, *, named: bool = False) -> Nameless | None:
    """Return how lists or long texts are read as rows; None if they are not all alike, or are too few to tell.

    The elements are ``content[starts[i]:stops[i]]``. If they are a list that an object has under a name (``named``),
    lists of messages among them are rows too; elsewhere, these need no name to be read.
    """
    lists: list[list[Any]] = []
    texts: list[str] = []
    size, lacking = 0, False
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        size += stop - start
        if size > _MOST_BYTES:
            break
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            continue  # which is read exactly later, or refused
        if isinstance(value, list):
            lists.append(value)
        elif isinstance(value, str):
            texts.append(value)
        elif value is None:
            lacking = True
        else:
            return None
    if not texts and len(lists) >= _LEAST and sum(map(_has_spans, lists)) >= _MOSTLY * len(lists):
        return SPANS  # others are refused
    if lacking:
        return None
    if texts:
        if not lists and len(texts) >= _FEW and all(map(_object_in, texts)):
            return OBJECTS
        if not lists and len(texts) >= _FEW and are_misquoted(texts):
            return QUOTED
        are_long = len(texts) >= _LEAST and sum(map(len, texts)) >= _EXAMPLE * len(texts)
        if lists or not (are_long or are_sentences(texts)):
            if lists or len(texts) < _LEAST:
                return None
            if are_asked(texts):
                return PROMPTS
            return TEXTS if not named and are_written(texts) else None
        return TEXTS
    if named and lists and all(map(_are_turns, lists)):
        return DIALOGUES
    if len(lists) >= _FEW and are_conversations(lists):
        return TURNS
    if len(lists) >= _FEW and are_exchanges(lists):
        return DIALOGUES
    if len(lists) < _LEAST:
        return None
    if _are_tagged(lists):
        return TAGGED
    if are_of_tokens(lists):
        return SENTENCES
    widths = set(map(len, lists))
    if all(_are_questions(each) for each in lists):
        return Nameless(_OF_QUESTIONS[: max(widths)]) if len(widths) == 1 else None
    if len(widths) > 1:
        said = all(isinstance(item, str) for each in lists for item in each)
        return DIALOGUES if said and min(widths) > 1 else None
    (width,) = widths
    if width not in _WIDTHS or any(isinstance(item, dict | list) for each in lists for item in each):
        return None
    if not any(all(isinstance(each[place], str) for each in lists) for place in range(width)):
        return None
    return Nameless(tuple(f"column-{number}" for number in range(1, width + 1)))


def _written(element: bytes) -> bytes:
    """Return the object that a text has as JSON, as it is written there; empty for any other element."""
    try:
        value = orjson.loads(element)
    except orjson.JSONDecodeError:
        return b""
    return _object_in(value).encode() if isinstance(value, str) else b""


def _object_in(text: str) -> str:
    """Return the object that a text consists of, in JSON or as Python writes it, as JSON; empty for any other text."""
    fenced = _FENCED.fullmatch(text)
    found = (text if fenced is None else fenced[1]).strip()
    if not (found.startswith("{") and found.endswith("}")):
        return ""
    try:
        value = orjson.loads(found)
    except orjson.JSONDecodeError:
        value = parse_list(found)
        found = orjson.dumps(value).decode() if value else ""
    return found if isinstance(value, dict) and value else ""


def _are_tagged(lists: list[list[Any]]) -> bool:
    """Whether each list has pairs of a word and its tag, or sentences of these; tags are few, and without blanks."""
    pairs = [_pairs(each) for each in lists]
    if not all(pairs):
        return False
    tags = Counter(tag for each in pairs for _, tag in each)
    short = all(len(tag) <= _LONGEST_TAG and not any(map(str.isspace, tag)) for tag in tags)
    return short and tags.total() >= _TAGGED * len(tags)


def _pairs(items: list[Any]) -> list[list[str]]:
    """Return the pairs of two texts that a list has, or that the lists in it have; none if there is anything else."""
    found = items if items and all(map(_is_pair, items)) else list(chain(*(e for e in items if isinstance(e, list))))
    whole = all(isinstance(each, list) for each in items) and all(map(_is_pair, found))
    return found if whole else []


def _is_pair(item: object) -> bool:
    return are_texts(item) and len(item) == len(TAGGED.keys)


def _with_tags(element: bytes) -> bytes:
    """Return the object of the words and the tags of an element; empty for one of another layout."""
    try:
        value = orjson.loads(element)
    except orjson.JSONDecodeError:
        return b""
    pairs = _pairs(value) if isinstance(value, list) else []
    columns = map(list, zip(*pairs, strict=True))
    return orjson.dumps(dict(zip(TAGGED.keys, columns, strict=True))) if pairs else b""


def is_turn(item: object) -> bool:
    """Return whether a value is an object with a speaker and a text."""
    return isinstance(item, dict) and not SPEAKERS.isdisjoint(item) and not _SAID.isdisjoint(item)


def _are_turns(items: list[Any]) -> bool:
    """Whether a list is a conversation: objects with a speaker and a text."""
    return len(items) > 1 and all(map(is_turn, items))


def _has_spans(items: list[Any]) -> bool:
    """Whether a list has a text and an object with a list of entities, and no other text."""
    if len(items) != len(SPANS.keys) or not isinstance(items[0], str) or not isinstance(items[1], dict):
        return False
    return isinstance(items[1].get(SPANS.keys[1]), list) and SPANS.keys[0] not in items[1]


def _are_questions(items: list[Any]) -> bool:
    """Whether a list has texts, then questions about them, and perhaps a number."""
    if len(items) not in (2, 3) or not isinstance(items[0], list) or not isinstance(items[1], list) or not items[1]:
        return False
    if len(items) > 2 and not isinstance(items[2], str | int):
        return False
    texts = all(isinstance(each, str) for each in items[0])
    return texts and all(isinstance(each, dict) and "question" in each for each in items[1])


def _items(element: bytes) -> list[bytes]:
    """Return the items of a list as they are written; none where the bytes are no list."""
    if not (element.startswith(b"[") and element.endswith(b"]")):
        return []
    found: list[bytes] = []
    depth, begin = 0, 1
    for piece in _PIECES.finditer(element):
        sign = piece.group()
        if sign in (b"[", b"{"):
            depth += 1
        elif sign in (b"]", b"}"):
            depth -= 1
            if not depth:
                if piece.end() < len(element):
                    return []
                found.append(element[begin : piece.start()])
        elif sign == b"," and depth == 1:
            found.append(element[begin : piece.start()])
            begin = piece.end()
    return found if not depth else []
