"""One published format of keys or tokens, as data."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

#: What texts with secrets of a :attr:`SecretFormat.sign` match. Few texts do, and few characters begin a match, so that
#: both engines find them at memory speed.
SIGNS: Final = {
    "tail": r"[_-](?:[A-Za-z0-9_-]{20}|[A-Za-z0-9_+/=.~-]{24})",
    "value": r"[:=(]>?\s{0,3}\\?[\"'`]?[A-Za-z0-9_+/=.~-]{16}",
}


class SecretFormat(NamedTuple):
    """A format that a literal distinguishes from other text.

    Attributes:
        id: the source's name for it.
        kind: what messages call it.
        pattern: a regular expression for Python's ``re`` and Rust's ``regex`` alike, without look-around and without
            unbounded repetitions. The group ``value`` is the secret, where the pattern has one.
        markers: strings of which every match has one.
        sign: which of :data:`SIGNS` every match has in it, or "".
        entropy: least Shannon entropy of the secret, in bits per character.
        end: a class of characters that may not follow the secret, or "" where it may go on.
        allowed: a regular expression for values that are no secrets, or "".
        source: where the format is described.
    """

    id: str
    kind: str
    pattern: str
    markers: tuple[str, ...]
    sign: Literal["", "tail", "value"] = ""
    entropy: float = 0.0
    end: str = "[A-Za-z0-9_-]"
    allowed: str = ""
    source: str = ""
