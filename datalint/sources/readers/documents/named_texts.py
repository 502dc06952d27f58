"""Texts that one JSON object has under a name each: prompts, responses, programs, or what files say."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE
from datalint.sources.readers.documents.object_pairs import string_value
from datalint.sources.readers.documents.unnamed_elements import PROMPTS, TEXTS, Nameless
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import has_words

#: The number of texts that are looked at, and the share of names that are those of files.
_SAMPLED: Final = 20
_MOSTLY: Final = 0.9
#: The mean length in characters from which on named texts are texts to read rather than settings.
_LEAST_TEXT: Final = 30
#: How programs begin, signs that whole ones end with in some languages, and those at the end of the head of one alone.
_PROGRAM: Final = lazy_pattern(
    r"\s*(?:(?:async )?def |class |import |from [\w.]+ import|#include|package |using |public )"
)
_CODE: Final = ("}", ";")
_HEAD: Final = (":", "{", "(", '"""', "'''")
#: A name of a file.
_FILE: Final = lazy_pattern(r"[^\n]{1,300}\.[A-Za-z][A-Za-z0-9]{1,4}")

#: Words in the name of a file of responses, and their rows: each below what it answers, such as an intent.
_RESPONSES: Final = lazy_pattern(r"(?i)(?:.*[^a-z])?(?:responses?|answers?|replies)(?:[^a-z].*)?")
_BY_INTENT: Final = Nameless(("intent", "response"), paired=True)
_BY_ID: Final = Nameless(("id", "response"), paired=True)


def responses_by(names: list[str], path: str) -> Nameless | None:
    """Return how the responses of a file that is named so are read, such as ``bot_responses.json``; None for others.

    They are below the words for what they answer, or the number of it.
    """
    if _RESPONSES.fullmatch(PurePath(path).name) is None:
        return None
    in_words = sum(not any(map(str.isdecimal, name)) for name in names)
    return _BY_INTENT if in_words >= _MOSTLY * len(names) else _BY_ID


def are_written(names: list[str], content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first of the texts by name are some words long, and no name is."""
    if any(not name or any(map(str.isspace, name)) for name in names):
        return False
    found = _texts_of(content, starts, stops)
    return all(has_words(text, 2) for text in found) and sum(map(len, found)) >= _LEAST_TEXT * len(found)


def kind_of_texts(names: list[str], content: Content, starts: Places, stops: Places) -> Nameless:
    """Return what the texts by name are: programs and what files say ask nothing, others are prompts."""
    found = _texts_of(content, starts, stops)
    programs = sum(map(_is_program, found))
    files = sum(_FILE.fullmatch(name) is not None for name in names)
    return TEXTS if 2 * programs > len(found) or files >= _MOSTLY * len(names) else PROMPTS


def _is_program(text: str) -> bool:
    """Return whether a text is a whole program: the head of one is a prompt."""
    end = text.rstrip()
    return end.endswith(_CODE) or (_PROGRAM.match(text) is not None and "\n" in end and not end.endswith(_HEAD))


def _texts_of(content: Content, starts: Places, stops: Places) -> list[str]:
    """Return the first texts by name, an empty one for each that is no valid string."""
    spans = zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True)
    return [string_value(content.read(start, stop).strip(WHITE)[1:-1]) or "" for start, stop in spans]
