"""What a ``tokenizer.json`` may ask for: it comes from a stranger, and the library that reads it has no limits.

Normalizers and pre-tokenizers are chains of replacements. Twenty that double a text make a million of each character,
and the library ends the process when its memory does.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Iterator
from typing import Any, Final

import orjson

#: Bytes of a ``tokenizer.json``. The largest published ones have 35 MB.
MOST_BYTES: Final = 64 << 20
#: How many times as long as a text its normal form may be, in bytes. Llama 2 has 12: a mark of three bytes for each
#: space, and one before each piece.
MOST_GROWTH: Final = 32
#: Steps of normalizers and pre-tokenizers. DeepSeek-V3 has 5.
MOST_STEPS: Final = 64
#: Characters of all added tokens; the library takes about a hundred bytes for each.
MOST_ADDED: Final = 1 << 20
#: Characters of a mark that continues a word, or ends it. WordPiece has two.
MOST_MARK: Final = 64
#: Characters of a word that WordPiece looks up, which takes the square of them. BERT has 100.
MOST_WORD: Final = 1_000
#: Bytes of a replacement in a table of SentencePiece. The longest of Unicode's compatibility forms has 33.
MOST_MAPPED: Final = 64
#: Characters of a piece of a Unigram model, which looks up as many pieces for each character. SentencePiece has 16.
MOST_PIECE: Final = 256
#: Times that a template for texts with special tokens may have the text. BERT has 1.
MOST_COPIES: Final = 4
#: Growth in bytes of steps that replace characters by themselves.
_GROWTH: Final = {"BertNormalizer": 2, "ByteLevel": 2, "Metaspace": 4}
_CHAINS: Final = ("normalizers", "pretokenizers")


def parse_tokenizer(data: bytes) -> dict[str, Any]:
    """Return the object of a ``tokenizer.json`` that makes texts at most a few times as long.

    Raises:
        ValueError: with the reason, if it is not an object of JSON, or asks for more.
    """
    given = orjson.loads(data)
    if not isinstance(given, dict):
        raise ValueError("it is no object")
    steps = [*_steps(given.get("normalizer")), *_steps(given.get("pre_tokenizer"))]
    if len(steps) > MOST_STEPS:
        raise ValueError(f"it has {len(steps):,} steps, over {MOST_STEPS}")
    growth = math.prod(map(_growth, steps))
    if growth > MOST_GROWTH:
        raise ValueError(f"it makes texts up to {growth:,} times as long, over {MOST_GROWTH}")
    found = given.get("added_tokens")
    added: list[Any] = found if isinstance(found, list) else []
    length = sum(_length(each.get("content")) for each in added if isinstance(each, dict))
    if length > MOST_ADDED:
        raise ValueError(f"its added tokens have {length:,} characters, over {MOST_ADDED:,}")
    model = given.get("model")
    for name in ("continuing_subword_prefix", "end_of_word_suffix"):
        if isinstance(model, dict) and _length(model.get(name)) > MOST_MARK:
            raise ValueError(f"{name} has over {MOST_MARK} characters")
    longest = model.get("max_input_chars_per_word") if isinstance(model, dict) else 0
    if isinstance(longest, int) and longest > MOST_WORD:
        raise ValueError(f"max_input_chars_per_word is over {MOST_WORD:,}")
    # Only a Unigram model has a list.
    vocabulary = model.get("vocab") if isinstance(model, dict) else None
    pieces = vocabulary if isinstance(vocabulary, list) else []
    if max((_length(each[0]) for each in pieces if isinstance(each, list) and each), default=0) > MOST_PIECE:
        raise ValueError(f"a piece of its vocabulary has over {MOST_PIECE} characters")
    if _copies(given.get("post_processor")) > MOST_COPIES:
        raise ValueError(f"its post_processor makes more than {MOST_COPIES} copies of a text")
    return given


def _copies(given: Any) -> int:
    """Return how often a post-processor has a text in what it makes of it, at most."""
    if not isinstance(given, dict):
        return 1
    if _is_list(given.get("processors")):
        return math.prod(map(_copies, given["processors"]))
    single = given.get("single")
    if isinstance(single, str):
        return single.count("$")
    return sum("Sequence" in each for each in single if isinstance(each, dict)) if isinstance(single, list) else 1


def _steps(given: Any) -> Iterator[dict[str, Any]]:
    """Yield the steps of a chain, in whatever depth; the JSON parser has bounded that."""
    if isinstance(given, dict):
        yield given
        for name in _CHAINS:
            for each in given[name] if _is_list(given.get(name)) else ():
                yield from _steps(each)


def _growth(step: dict[str, Any]) -> int:
    """Return how many times as long as a text a step may make it, in bytes."""
    kind = step.get("type")
    if kind == "Prepend":  # a piece between two added tokens may be one byte
        return 1 + _size(step.get("prepend"))
    if kind == "Replace":
        pattern = step.get("pattern")
        content = _size(step.get("content"))
        if isinstance(pattern, dict) and isinstance(pattern.get("String"), str):
            return max(1, math.ceil(content / max(1, _size(pattern["String"]))))
        return 1 + content  # an expression may match nothing, everywhere
    if kind == "Metaspace":
        return max(_GROWTH["Metaspace"], 1 + _size(step.get("replacement")))
    if kind == "Precompiled":
        return _mapped(step.get("precompiled_charsmap"))
    return _GROWTH.get(str(kind), 1)


def _mapped(charsmap: Any) -> int:
    """Return 1 for a table of SentencePiece whose replacements are short, and the length of the longest otherwise."""
    try:
        data = base64.b64decode(charsmap or "")
    except (binascii.Error, ValueError, TypeError):
        return 1  # the library refuses it
    size = int.from_bytes(data[:4], "little")
    if size > len(data) - 4:
        raise ValueError("its precompiled_charsmap is cut short")
    replacements = data[4 + size :]
    longest = max(map(len, replacements.split(b"\0")))
    return 1 if longest <= MOST_MAPPED else longest


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _size(text: Any) -> int:
    return len(text.encode("utf-8", "replace")) if isinstance(text, str) else 0


def _length(text: Any) -> int:
    return len(text) if isinstance(text, str) else 0
