"""Whether a response repeats its prompt: with edits or with signs around words, or rightly, as a name or a choice of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.api import NamedTuple
from datalint.rules.common.texts.label_frames import without_frame

#: Characters by which lengths may differ, as a share, and rapidfuzz's ratio from which a response is an edited prompt.
NEAR: Final = 0.15
_EDITED: Final = 80.0
#: Characters that the two have at the start or the end.
_ENDS: Final = 6
#: What two texts that are compared may differ in.
_NOTHING: Final = r"[\W_]+"
#: Signs that mark words, as those with an error, and how many of them a response may use.
_MARKS: Final = frozenset("$*#@_~^|<>[]{}«»§¤¦+=&%/\\")
_MOST_MARKS: Final = 2
#: How tags begin that end a marked part of a text, such as ``<NAME>Ada</NAME>``, and tags, each in one sort of brackets.
CLOSING_TAGS: Final = ("</", "[/", "{/", "⟨/")
_TAGS: Final = r"<(/?{0})>|\[(/?{0})\]|\{{(/?{0})\}}|⟨(/?{0})⟩".format(r"[A-Za-z][\w-]{0,39}")
#: How many times as long as its prompt a tagged response is at most, and characters in addition.
TAGGED: Final = (2, 60)
#: Words of a name or a title at most, and letters up to which a word of it is written small.
_WORDS: Final = 6
_SMALL: Final = 3
#: An item of a list that is no sentence.
_ITEM: Final = r"[^\n.!?。！？]{1,40}"
#: The path of a text under a key of the row.
_KEY: Final = r"\$\.([\w -]{1,40})"


def key_of(path: str) -> str:
    """Return the key of a text, such as a context, that is a part of the prompt; "" for a turn or a nested text."""
    found = re.fullmatch(_KEY, path)
    return found[1] if found else ""


def chooses_all(text: str, path: str, items: str, prompt: str) -> bool:
    """Whether a response lists all items that stand below a request: of a list of options, each is right."""
    chosen = text.strip().split("\n")
    return (
        len(chosen) > 1
        and "[" not in path
        and prompt.strip() != items.strip()
        and all(re.fullmatch(_ITEM, each.strip()) for each in chosen)
    )


def is_option(row: Mapping[str, Any], before: str) -> bool:
    """Whether the text before an answer is the last of the options, of which the right one is the answer."""
    return bool(row["shape"] == "multiple-choice" and row["prompt"].strip() != before.strip())


def is_name(prompt: str) -> bool:
    """Whether a prompt is a name or a title of a few words in capitals, which is the same in other languages."""
    words = prompt.split()
    long = [word for word in words if len(word) > _SMALL]
    return bool(long) and len(words) <= _WORDS and all(word[0].isupper() for word in (words[0], *long))


class Compared(NamedTuple):
    """A response with its path, and the text of the prompt before it with the path ``given``."""

    example: int
    path: str
    text: str
    prompt: str
    given: str
    #: Whether both had labels, which were left out.
    framed: bool


def as_compared(example: int, path: str, text: str, prompt: str, given: str) -> Compared | None:
    """Return a response that may be an echo, without labels around both texts if these are equal then; None if it is not."""
    cores = without_frame(prompt, text)
    if cores is not None and plain(cores[0]) == plain(cores[1]):
        return Compared(example, path, cores[1], cores[0], given, framed=True)
    like = abs(len(text) - len(prompt)) <= NEAR * len(text) and _is_like(text, prompt)
    if not like and not is_tagged(text, prompt):
        return None
    return Compared(example, path, text, prompt, given, framed=False)


def _is_like(text: str, prompt: str) -> bool:
    """Whether two texts begin or end with the same characters: edits seldom change both."""
    one, other = text.strip().lower(), prompt.strip().lower()
    return one[:_ENDS] == other[:_ENDS] or one[-_ENDS:] == other[-_ENDS:]


def plain(text: str) -> str:
    """Return the words of a text, without case, white space and punctuation."""
    return re.sub(_NOTHING, " ", text.casefold()).strip()


def is_marked(text: str, prompt: str) -> bool:
    """Whether a text is the prompt with pairs of one or two signs that the prompt has not."""
    signs = set(text) - set(prompt)
    if not signs or len(signs) > _MOST_MARKS or not signs <= _MARKS:
        return False
    added = sum(map(text.count, signs))
    return added % 2 == 0 and text.translate({ord(sign): None for sign in signs}).split() == prompt.split()


def is_tagged(text: str, prompt: str) -> bool:
    """Return whether a text is the prompt with tags around parts of it, and nothing else."""
    if not any(map(text.__contains__, CLOSING_TAGS)):
        return False
    bare = re.sub(_TAGS, "", text)
    return bare != text and "".join(bare.split()) == "".join(prompt.split())


def is_edited(text: str, prompt: str) -> bool:
    """Return whether a response is the prompt with a few edits."""
    from rapidfuzz import fuzz

    return fuzz.ratio(text[:2_000], prompt[:2_000]) >= _EDITED
