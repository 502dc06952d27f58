"""A published format of keys or tokens, as data."""

from __future__ import annotations

from typing import Final, Literal

from datalint.support.named_tuple import NamedTuple

#: Patterns that texts with secrets of a :attr:`SecretFormat.sign` match. Few texts match, and few characters can begin
#: a match, so both engines search at memory speed.
SIGNS: Final = {
    "tail": r"[_-](?:[A-Za-z0-9_-]{20}|[A-Za-z0-9_+/=.~-]{24})",
    "value": r"[:=(]>?\s{0,3}\\?[\"'`]?[A-Za-z0-9_+/=.~-]{16}",
}


class SecretFormat(NamedTuple):
    """A format that is recognised by a literal.

    Attributes:
        id: the name of the format in its source.
        kind: the display name.
        pattern: a regular expression for both Python's ``re`` and Rust's ``regex``, without look-around and without
            unbounded repetitions. If it has a group ``value``, that is the secret.
        markers: strings, one of which is in every match.
        sign: the key of :data:`SIGNS` whose pattern every match contains, or "".
        entropy: minimum Shannon entropy of the secret, in bits per character.
        end: a class of characters that may not follow the secret, or "" if the secret may continue.
        allowed: a regular expression for values that are not secrets, or "".
        source: where the format is documented.
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
