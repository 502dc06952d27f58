"""What the columns of a row of unknown shape may mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from datalint.support.spelling import misspelled

#: Words that name a column's meaning, the plainest first; matched against the words of a key.
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "system": ("system",),
    "chosen": ("chosen", "preferred", "better", "winner", "win", "accepted", "positive"),
    "rejected": ("rejected", "dispreferred", "worse", "loser", "lose", "negative"),
    "prompt": (
        "prompt", "instruction", "question", "query", "input", "problem", "utterance", "text", "sentence",
        "tweet", "context", "passage", "document", "article", "post", "review", "title", "问题", "指令",
        "输入", "user", "human",
    ),
    "response": (
        "response", "completion", "answer", "output", "reply", "solution", "target", "summary", "translation",
        "truth", "code", "回答", "答案", "输出", "回复", "assistant", "bot",
    ),
    "category": (
        "category", "class", "intent", "label", "topic", "domain", "type", "task", "genre", "subject", "类别",
        "标签",
    ),
}  # fmt: skip
_ORDER: Final = ("system", "messages", "prompt", "response", "chosen", "rejected", "text", "category")
#: A key that ends in one of these says something about the text, and does not hold it.
_ATTRIBUTES: Final = frozenset(
    ("id", "idx", "index", "uuid", "url", "uri", "link", "path", "file", "date", "time", "lang", "language",
     "length", "len", "count", "num", "number", "score", "name", "source", "token", "tokens", "hash",
     "version", "model", "author")
)  # fmt: skip
_COUNTERPARTS: Final = {
    "instruction": "output",
    "prompt": "completion",
    "question": "answer",
    "query": "response",
    "input": "output",
    "chosen": "rejected",
    "rejected": "chosen",
}
#: Keys that one shape alone has: a row with one of them and without its other half lacks a key.
_TELLING: Final = {
    "chosen": "rejected",
    "rejected": "chosen",
    "preferred_output": "non_preferred_output",
    "non_preferred_output": "preferred_output",
}
_LONGEST_CATEGORY: Final = 60
#: Characters among which a text must have a letter.
_LETTERS_WITHIN: Final = 1000
#: A key that can stand in the argument, in double quotes if need be.
_USABLE: Final = re.compile(r"[\w .-]{1,60}")


class Cell(NamedTuple):
    """What a value could be; the rest of it says nothing of its column."""

    is_chat: bool
    is_number: bool
    is_text: bool
    is_short: bool
    has_letters: bool


def suggest_columns(value: Mapping[str, Any]) -> str | None:
    """Return the ``--columns`` argument that would make sense of a row, None where nothing does.

    The words of the keys decide; of values, whether they are text at all, and short enough for a category.
    """
    return _suggest(tuple(value), tuple(map(_cell, value.values())))


# All rows of a table have the same keys, and values that could be the same. Few are kept, for keys may be large.
@lru_cache(maxsize=64)
def _suggest(keys: tuple[str, ...], cells: tuple[Cell, ...]) -> str | None:
    value = dict(zip(keys, cells, strict=True))
    found = _named(value)
    if {"chosen", "rejected"} <= found.keys():
        found.pop("response", None)
    elif "messages" not in found:
        found.pop("chosen", None)
        found.pop("rejected", None)
        _complete(value, found)
    if found.keys() <= {"category", "prompt", "system"}:
        return None
    pairs = ",".join(f"{meaning}={found[meaning]}" for meaning in _ORDER if meaning in found)
    return f'--columns "{pairs}"' if " " in pairs else f"--columns {pairs}"


def counterpart(keys: Collection[str]) -> tuple[str, str] | None:
    """Return ``(key, the key that goes with it)`` for the first key that stands without its other half."""
    halves = _COUNTERPARTS.items()
    return next(((key, other) for key, other in halves if key in keys and other not in keys), None)


def missing_half(value: dict[str, Any]) -> tuple[str, str] | None:
    """Return ``(key, the key that it needs)`` for a row whose shape is plain although one key of it is missing.

    None where a misspelled key, another column or a nested value may be what is missing.
    """
    if next(misspelled(value, "row"), None) is not None:
        return None
    for key, other in _TELLING.items():
        if key in value and other not in value:
            return key, other
    flat = all(key == "history" or not isinstance(item, list | dict) for key, item in value.items())
    if flat and "instruction" in value and suggest_columns(value) is None:
        return "instruction", "output"
    return None


def _cell(item: Any) -> Cell:
    if isinstance(item, str):
        short = len(item) <= _LONGEST_CATEGORY
        return Cell(False, False, True, short, any(map(str.isalpha, item[:_LETTERS_WITHIN])))
    first = item[0] if isinstance(item, list) and item else None
    chat = isinstance(first, dict) and {"role", "content"} <= first.keys()
    return Cell(chat, isinstance(item, bool | int), False, False, False)


def _named(value: dict[str, Cell]) -> dict[str, str]:
    """Return meaning → key for what the names tell."""
    usable = {key: cell for key, cell in value.items() if _USABLE.fullmatch(key)}
    found: dict[str, str] = {}
    chat = next((key for key, cell in usable.items() if cell.is_chat), None)
    if chat is not None:
        found["messages"] = chat
    for meaning in _WORDS:
        if chat is None or meaning == "category":
            free = usable.keys() - found.values()
            key = _best(tuple(k for k, cell in usable.items() if k in free and _may_be(meaning, cell)), meaning)
            if key is not None:
                found[meaning] = key
    return found


def _complete(value: dict[str, Cell], found: dict[str, str]) -> None:
    """Find the response that no name tells: the next text beside the prompt, else the category."""
    if "response" in found:
        if "prompt" not in found:
            found["text"] = found.pop("response")
        return
    if "prompt" not in found:
        return
    taken = set(found.values())
    free = (key for key, cell in value.items() if key not in taken and cell.has_letters and _is_unnamed(key))
    first, category = next(free, None), found.get("category")
    if first is not None:
        found["response"] = first
    elif category is not None and value[category].is_text and found["prompt"] != "instruction":
        found["response"] = category
    elif found["prompt"] not in _COUNTERPARTS:
        found["text"] = found.pop("prompt")


def _is_unnamed(key: str) -> bool:
    """Whether the name leaves open what the column holds."""
    parts = _parts(key)
    if not _USABLE.fullmatch(key) or not parts or parts[-1] in _ATTRIBUTES:
        return False
    return _best((key,), "prompt") is None and _best((key,), "category") is None


@lru_cache(maxsize=4096)
def _best(keys: tuple[str, ...], meaning: str) -> str | None:
    words = _WORDS[meaning]
    ranked = []
    for order, key in enumerate(keys):
        parts = _parts(key)
        if not parts or parts[-1] in _ATTRIBUTES:
            continue
        # The last word of a key says what it is: `std_answer` is an answer, `answer_type` a type.
        hits = [(parts[-1] != part, rank) for part in parts for rank, w in enumerate(words) if _same(part, w)]
        if hits:
            ranked.append((*min(hits), len(parts), order, key))
    return min(ranked)[-1] if ranked else None


def _same(part: str, word: str) -> bool:
    return part in (word, f"{word}s") if word.isascii() else word in part


@lru_cache(maxsize=1024)
def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|[^\W\d_A-Za-z]+", key))


def _may_be(meaning: str, cell: Cell) -> bool:
    if meaning == "category":
        return cell.is_number or cell.is_short
    return cell.is_text or (meaning in ("prompt", "chosen", "rejected") and cell.is_chat)
