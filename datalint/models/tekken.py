"""Mistral's tokenizer file ``tekken.json``, which many of its models have instead of a ``tokenizer.json``.

It has the bytes of each token by rank, the expression that cuts texts into words, and control tokens, which have the
numbers before all others. Control tokens in texts are control tokens here, as in ``tokenizer.json`` and in the training
of ``transformers``; mistral-common writes them itself, and reads them in no text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import orjson

from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.models.converted import byte_level
from datalint.models.tokenizer import LibraryTokenizer
from datalint.models.tokenizer_limits import MOST_ADDED, MOST_BYTES
from datalint.privacy.display import printable
from datalint.support.named_tuple import NamedTuple

#: Tokens of a vocabulary. Published ones have 131,072.
MOST_TOKENS: Final = 1 << 20
#: Bytes of one token; the longest of published ones has 76. Ways to cut it in two grow with their square.
MOST_TOKEN: Final = 256
#: The control tokens of files that do not list them (up to version 7), by number.
_CONTROL: Final = (
    "<unk> <s> </s> [INST] [/INST] [AVAILABLE_TOOLS] [/AVAILABLE_TOOLS] [TOOL_RESULTS] [/TOOL_RESULTS] [TOOL_CALLS] "
    "[IMG] <pad> [IMG_BREAK] [IMG_END] [PREFIX] [MIDDLE] [SUFFIX] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [TOOL_CONTENT]"
)
#: Names that ``transformers`` has for control tokens.
_NAMED: Final = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
#: Vocabularies that mistral-common ships, by the models that have them. Later models have other control tokens.
_PACKAGED: Final = {
    r"(?:mistralai|unsloth)/Mistral-Nemo-Instruct-2407": "tekken_240718.json",
    r"mistralai/Ministral-8B-Instruct-2410": "tekken_240911.json",
}
PACKAGE: Final = "mistral-common"


class Tekken(NamedTuple):
    """A vocabulary: bytes of tokens and texts of control tokens, each with its number, and the pattern of words."""

    ranks: Mapping[bytes, int]
    control: Mapping[str, int]
    pattern: str

    @property
    def named(self) -> dict[str, str]:
        """The control tokens that templates know by a name, by that name."""
        return {name: token for name, token in _NAMED.items() if token in self.control}


def parse_tekken(data: bytes) -> Tekken:
    """Return the vocabulary of a ``tekken.json``.

    Raises:
        ValueError: with the reason, if it has another form, or is larger than any vocabulary.
    """
    given = orjson.loads(data)
    config = given.get("config") if isinstance(given, dict) else None
    if not isinstance(config, dict) or not isinstance(config.get("pattern"), str):
        raise ValueError("it has no config with a pattern")
    size, first = (_count(config.get(f"default_{name}")) for name in ("vocab_size", "num_special_tokens"))
    listed = given.get("special_tokens")
    names = _CONTROL.split() if listed is None else [_text(each) for each in _list(listed, "special_tokens")]
    names += [f"<SPECIAL_{number}>" for number in range(len(names), first)]
    if len(set(names)) < len(names) or len(names) > first or sum(map(len, names)) > MOST_ADDED:
        raise ValueError("its special tokens are not distinct, or too many")
    ranks = {}
    for rank, each in enumerate(_list(given.get("vocab"), "vocab")[: max(size - first, 0)]):
        ranks[_bytes(each, rank)] = rank + first
    if len(ranks) != size - first:
        raise ValueError(f"it has {len(ranks):,} distinct tokens instead of {size - first:,}")
    return Tekken(ranks, {name: number for number, name in enumerate(names)}, config["pattern"])


def packaged_name(model: str) -> str | None:
    """Return the name of the vocabulary of a model that mistral-common ships, None for other models."""
    return next((name for names, name in _PACKAGED.items() if re.fullmatch(names, model, re.IGNORECASE)), None)


def packaged_path(name: str) -> Path | None:
    """Return the path of a vocabulary in mistral-common, None where it is not installed."""
    found = find_spec("mistral_common")
    path = None if found is None or found.origin is None else Path(found.origin).parent / "data" / name
    return path if path is not None and path.is_file() else None


def is_tekken(path: str) -> bool:
    """Return whether a file is named as such a vocabulary is."""
    return Path(path).name.startswith("tekken") and path.endswith(".json")


def read_tekken(path: str) -> LibraryTokenizer:
    """Return the tokenizer of a ``tekken.json``.

    Raises:
        DatalintError: when the library ``tokenizers`` is not installed, or the file cannot be read.
    """
    shown = printable(path)
    try:
        found = parse_tekken(read_regular(path, MOST_BYTES))
    except OSError as error:
        raise DatalintError(unreadable(shown, error)) from error
    except ValueError as error:
        raise DatalintError(f"{shown} is not used as a tokenizer: {printable(str(error))}") from error
    try:
        return byte_level(found.ranks, found.control, found.pattern, shown)
    except DatalintError:
        raise
    except Exception as error:  # the library raises Exception itself
        reason = printable(str(error))
        raise DatalintError(f"{shown} is not a tokenizer that `tokenizers` can read: {reason}") from error


def _count(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= MOST_TOKENS:
        raise ValueError(f"its numbers of tokens are not numbers up to {MOST_TOKENS:,}")
    return value


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{name} is no list")
    return value


def _text(token: Any) -> str:
    if not isinstance(token, dict) or not isinstance(token.get("token_str"), str) or not token["token_str"]:
        raise ValueError("a special token has no token_str")
    return str(token["token_str"])


def _bytes(token: Any, rank: int) -> bytes:
    if not isinstance(token, dict) or token.get("rank") != rank or not isinstance(token.get("token_bytes"), str):
        raise ValueError(f"token {rank:,} has another rank, or no token_bytes")
    try:
        found = base64.b64decode(token["token_bytes"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"token {rank:,} is not base64") from error
    if not 0 < len(found) <= MOST_TOKEN:
        raise ValueError(f"token {rank:,} is empty, or longer than {MOST_TOKEN} bytes")
    return found
