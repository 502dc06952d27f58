"""Which elements of a JSON document are rows although they are no objects: texts and lists that are all alike."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.readers.documents.listed_texts import are_asked, are_misquoted, are_sentences, are_written
from datalint.sources.readers.documents.token_objects import are_sentences as are_of_tokens
from datalint.sources.readers.documents.turn_lists import are_conversations, are_exchanges
from datalint.sources.readers.documents.unnamed_elements import (
    DIALOGUES,
    OBJECTS,
    PROMPTS,
    QUOTED,
    SENTENCES,
    SPANS,
    TAGGED,
    TEXTS,
    TURNS,
    WORDS,
    Nameless,
    is_turn,
    object_in,
    pairs_in,
)
from datalint.sources.readers.texts.inline_spans import notation_in

#: Elements that are looked at, how many there are at least, and bytes of those that are loaded.
_SAMPLED: Final = 50
_LEAST: Final = 10
_MOST_BYTES: Final = 1 << 20
#: Characters of texts, on average, from which on they are examples that are written out, and not words or prompts.
_EXAMPLE: Final = 200
#: Texts that are JSON, or conversations, at least.
_FEW: Final = 3
#: Items of a list that is a row.
_WIDTHS: Final = range(2, 9)
#: The keys of rows of C3 and DREAM: the dialogue, questions about it, and the number of both.
_OF_QUESTIONS: Final = ("context", "questions", "id")


#: Share of the lists that have a text with the places of what is in it; a tool may leave out a text, or join several.
_MOSTLY: Final = 0.9
#: Characters of a tag of a word at most, and words for each tag at least.
_LONGEST_TAG: Final = 16
_TAGGED: Final = 5
#: Words of a sentence at least, on average, the characters of one at most, and the share of the items that are words.
_WORDS: Final = 4
_LONGEST_WORD: Final = 20
_NEARLY_ALL: Final = 0.95


def nameless_rows(content: Content, starts: Places, stops: Places, *, named: bool = False) -> Nameless | None:
    """Return how lists or long texts are read as rows; None if they are not all alike, or are too few to tell.

    The elements are ``content[starts[i]:stops[i]]``. If they are a list that an object has under a name (``named``),
    lists of messages among them are rows too; elsewhere, these need no name to be read.
    """
    found = _sampled(content, starts, stops)
    if not all(value is None or isinstance(value, str | list) for value in found):
        return None
    lists = [value for value in found if isinstance(value, list)]
    texts = [value for value in found if isinstance(value, str)]
    if not texts and lists and sum(map(_has_spans, lists)) >= _MOSTLY * len(lists):
        return SPANS  # others are refused
    if None in found or (texts and lists):
        return None
    return _of_texts(texts, named=named) if texts else _of_lists(lists, named=named)


def _sampled(content: Content, starts: Places, stops: Places) -> list[Any]:
    """Return the first elements that are JSON."""
    found = []
    size = 0
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        size += stop - start
        if size > _MOST_BYTES:
            break
        try:
            found.append(orjson.loads(content.read(start, stop)))
        except orjson.JSONDecodeError:
            continue  # which is read exactly later, or refused
    return found


def _of_texts(texts: list[str], *, named: bool) -> Nameless | None:
    """Return how texts are read: as the objects that they hold, with labelled words, to learn, or as prompts."""
    if len(texts) >= _FEW and all(map(object_in, texts)):
        return OBJECTS
    if len(texts) >= _FEW and are_misquoted(texts):
        return QUOTED
    are_long = len(texts) >= _LEAST and sum(map(len, texts)) >= _EXAMPLE * len(texts)
    # A question or sentence whose words are labelled is neither a prompt nor a text to learn with the signs in it.
    if not are_long and len(texts) >= _LEAST and (marks := notation_in(texts)) is not None:
        return Nameless(SPANS.keys, marked=marks.notation)
    if are_long or are_sentences(texts):
        return TEXTS
    if len(texts) < _LEAST:
        return None
    if are_asked(texts):
        return PROMPTS
    return TEXTS if not named and are_written(texts) else None


def _of_lists(lists: list[list[Any]], *, named: bool) -> Nameless | None:
    """Return how lists are read: as conversations, as sentences of tokens, or by the place of their items."""
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
        if said and _are_words(lists):
            return WORDS
        return DIALOGUES if said and min(widths) > 1 else None
    (width,) = widths
    if width not in _WIDTHS or any(isinstance(item, dict | list) for each in lists for item in each):
        return None
    if not any(all(isinstance(each[place], str) for each in lists) for place in range(width)):
        return None
    return Nameless(tuple(f"column-{number}" for number in range(1, width + 1)))


def _are_words(lists: list[list[str]]) -> bool:
    """Whether each list is a sentence in its words: more of them than what two people say in turn, and no blanks."""
    items = [item for each in lists for item in each]
    short = sum(0 < len(item) <= _LONGEST_WORD and not any(map(str.isspace, item)) for item in items)
    return len(items) >= _WORDS * len(lists) and short >= _NEARLY_ALL * len(items)


def _are_tagged(lists: list[list[Any]]) -> bool:
    """Whether each list has pairs of a word and its tag, or sentences of these; tags are few, and without blanks."""
    pairs = [pairs_in(each) for each in lists]
    if not all(pairs):
        return False
    tags = Counter(tag for each in pairs for _, tag in each)
    short = all(len(tag) <= _LONGEST_TAG and not any(map(str.isspace, tag)) for tag in tags)
    return short and tags.total() >= _TAGGED * len(tags)


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
