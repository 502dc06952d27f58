"""The keys in which a row differs from the one that it repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from unicodedata import normalize

#: Levels of lists and objects that a message goes into.
_DEEPEST: Final = 6
#: How the text of an object or a list begins, whose keys may have another order.
_WRITTEN: Final = ("{", "[")


def keys_beyond_form(keys: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys, with themselves as names, whose values differ in more than case, white space and Unicode form.

    Lists and objects, also as text, may hold what is compared as text, and are left out.
    """
    return {key: key for key in keys if _is_beyond_form(old.get(key), new.get(key))}


def inner_key(name: str, old: Any, new: Any) -> str:
    """Return the name of the only value that differs in a value: of items of a list, or of keys of an object."""
    for _ in range(_DEEPEST):
        if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            steps = [(f"[{index}]", one, other) for index, (one, other) in enumerate(zip(old, new, strict=True))]
        elif isinstance(old, dict) and isinstance(new, dict):
            steps = [(f".{key}", old.get(key), new.get(key)) for key in {**old, **new}]
        else:
            break
        differing = [step for step in steps if step[1] != step[2]]
        if len(differing) != 1:
            break
        (step, old, new) = differing[0]
        name += step
    return name


def _is_beyond_form(old: Any, new: Any) -> bool:
    if any(isinstance(value, list | dict) for value in (old, new)):
        return False
    texts = [_plain(value) for value in (old, new) if isinstance(value, str)]
    return len(texts) < 2 or (texts[0] != texts[1] and not any(text.startswith(_WRITTEN) for text in texts))


def _plain(text: str) -> str:
    return " ".join(normalize("NFKC", text).lower().split())
