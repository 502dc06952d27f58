"""Elements of a JSON document that are no objects: texts, and lists whose items have no names but a fixed order."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any, Final

import orjson

from datalint.records.record import Problem
from datalint.sources.json_layout import WHITE
from datalint.sources.readers.documents.token_objects import by_key
from datalint.sources.readers.texts.inline_spans import InlineSpans
from datalint.support.named_tuple import NamedTuple
from datalint.support.text_lists import are_texts
from datalint.support.written_lists import parse_list

#: The fence that a model writes around JSON.
_FENCED: Final = re.compile(r"\s*```(?:json|JSON)?\s*(\{.*\})\s*```\s*", re.DOTALL)
#: The parts of a list as it is written, and the one key of an object with its value.
_PIECES: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]},]', re.DOTALL)
_PAIR: Final = re.compile(rb'\s*("[^"\\]*(?:\\.[^"\\]*)*")\s*:(.*)', re.DOTALL)
#: Keys of the speaker and of the text of a message.
SPEAKERS: Final = frozenset({"role", "from", "speaker", "sender"})
_SAID: Final = frozenset({"content", "value", "text", "utterance", "message"})
#: Items of a place in a text with its label, and keys of such a place and label.
_SPAN: Final = 3
_PLACES: Final = ({"start", "end"}, {"start_offset", "end_offset"}, {"start_char", "end_char"})
_LABELS: Final = frozenset({"label", "labels", "type", "entity", "entity_type", "tag", "category", "entity_group"})


class Nameless(NamedTuple):
    """A layout of elements other than objects as rows.

    ``keys`` are the names of a list's items, or the one name of the whole element if ``whole`` is true. If ``paired``
    is, they are those of a key of an object and of its value, which together are the element. If ``written`` is, the
    element is a text with an object in it, written as JSON. If ``tagged`` is, it is a list of pairs of a word and its
    tag, or of sentences of these. If ``turned`` is, it is a list of tokens that are objects. If ``quoted`` is, it is a
    text that is an object or list of JSON but for typographic quotation marks. If ``marked`` is set, it is a text with
    labelled words in this notation.
    """

    keys: tuple[str, ...]
    whole: bool = False
    paired: bool = False
    written: bool = False
    tagged: bool = False
    turned: bool = False
    quoted: bool = False
    marked: str = ""

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
        if self.marked:
            return _with_spans(element, self.marked) or element
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
        """Return the file's problem that its rows are no objects; a note of what a program expects in a document."""
        if self.written:
            message = "rows are strings that contain a JSON object each; read as these objects"
            return Problem("not-an-object", message, severity="warning")
        if self.quoted:
            message = "rows are texts of JSON with typographic quotation marks (“), which no parser reads; read as text"
            return Problem("not-an-object", message, severity="warning")
        if self.turned:
            message = "rows are lists of tokens instead of objects; read as one list for each key of the tokens"
            return Problem("not-an-object", message, severity="warning")
        if self.marked:
            message = f"rows are texts instead of objects, with labelled words: {self.marked}; read as "
            return Problem("not-an-object", message + ", ".join(SPANS.keys), severity="warning")
        if self == SPANS:
            message = f"rows are lists of a text and its spans, as spaCy trains on; read as {', '.join(self.keys)}"
            return Problem("not-an-object", message, severity="warning", is_note=True)
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
#: Lists of the words of a sentence.
WORDS: Final = Nameless(("tokens",), whole=True)
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


def _written(element: bytes) -> bytes:
    """Return the object that a text has as JSON, as it is written there; empty for any other element."""
    try:
        value = orjson.loads(element)
    except orjson.JSONDecodeError:
        return b""
    return object_in(value).encode() if isinstance(value, str) else b""


def object_in(text: str) -> str:
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


def pairs_in(items: list[Any]) -> list[list[str]]:
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
    pairs = pairs_in(value) if isinstance(value, list) else []
    columns = map(list, zip(*pairs, strict=True))
    return orjson.dumps(dict(zip(TAGGED.keys, columns, strict=True))) if pairs else b""


def _with_spans(element: bytes, notation: str) -> bytes:
    """Return the object of a text without the signs around its labelled words, and of these; empty for no text."""
    try:
        value = orjson.loads(element)
    except orjson.JSONDecodeError:
        return b""
    return orjson.dumps(InlineSpans(notation).row(value)) if isinstance(value, str) else b""


def is_turn(item: object) -> bool:
    """Return whether a value is an object with a speaker and a text."""
    return isinstance(item, dict) and not SPEAKERS.isdisjoint(item) and not _SAID.isdisjoint(item)


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
