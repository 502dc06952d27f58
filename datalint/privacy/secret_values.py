"""Values that could have any form: whether one is generated, and what stands around it when it is a secret."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import log2
from typing import Final, NamedTuple

from datalint.privacy.secret_format import SIGNS
from datalint.privacy.spans import compiled

_PLACEHOLDER: Final = (
    r"(?i)example|sample|dummy|fake|placeholder|your|change.?me|redacted|token|string|x{4}|\*{3}|\.{3}|0{8}|1{8}"
    r"|abcdefgh|12345678|23456789|a1b2c3|1a2b3c|abcd1234|1234abcd|eyJzdWIiOiIxMjM0NTY3ODkwIiwi"
)
_WORDS: Final = r"(?i)secret|password|token|key|test|demo|abcde|12345|insecure"
#: Words in passwords of examples; in the short ones of URLs no random text has them.
_DEMO: Final = (
    r"(?i)secret|pass|pwd|token|key|test|demo|user|admin|root|guest|hunter|sesame|letmein|qwert|abc|123|insecure|my|some"
    r"|foo|bar"
)
#: A name in the place of a password.
_VARIABLE: Final = r"[{}<>$()\[\]*\"'`]|%[sd(]"
#: Digits and signs that stand for letters, as in "p4ssw0rd".
_LEET: Final = str.maketrans("013457@$", "oieastas")
_NAMES: Final = ("key", "Key", "KEY", "oken", "OKEN", "ecret", "ECRET", "assword", "ASSWORD")
#: "key" and "token" alone name database keys and pages; with one of these before them they name a secret.
_OWNER: Final = (
    r"(?i)(api|access|secret|auth|private|client|encryption|signing|account|master|bearer|refresh|session|app)[ _.-]?$"
)
#: After the name of a secret: the name is that of something about it.
_ABOUT: Final = r"(?i)(?:id|name|hash|type|path|file|ur[il]|arn|alias|label|version|digest|fingerprint|size|length)s?$"
#: As a client's token it makes a request unique.
_UUID: Final = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
#: Hosts that nobody else reaches (RFC 2606, RFC 6761, RFC 1918), and what stands for a host.
_RESERVED: Final = (
    r"(?:^|\.)example(?:\.|$)|\.(?:test|invalid|localhost|local|internal|lan)$"
    r"|^(?:0\.|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^(?:your|my|some)|^(?:host|server|domain)(?:name)?\."
)


class Form(NamedTuple):
    """A form that any string could have.

    ``sign`` is one of :data:`SIGNS`, or "". One of ``markers`` is in every text with the form, and so is ``core``.
    ``is_secret`` judges a match of ``pattern``, whose group ``value`` is the secret, in its text.
    """

    kind: str
    sign: str
    markers: tuple[str, ...]
    core: str
    pattern: str
    is_secret: Callable[[re.Match[str], str], bool]


def is_generated(value: str) -> bool:
    """Return whether a value is no placeholder."""
    return len(set(value)) >= 8 and compiled(_PLACEHOLDER).search(value) is None


def entropy(value: str) -> float:
    """Return the Shannon entropy of a value's characters, in bits for each."""
    return -sum(count / len(value) * log2(count / len(value)) for count in Counter(value).values())


def _changes(value: str) -> int:
    """Return how often letters and digits change places."""
    kinds = [char.isdigit() for char in value if char.isalnum()]
    return sum(a != b for a, b in pairwise(kinds))


def _looks_random(match: re.Match[str], text: str) -> bool:
    """Return whether a value is not made of words: letters and digits change places at least three times."""
    return compiled(_WORDS).search(match["value"]) is None and _changes(match["value"]) >= 3


def _is_named(match: re.Match[str], text: str) -> bool:
    """Return whether a random value is assigned to the name of a secret."""
    before = text[max(match.start() - 16, 0) : match.start()]
    # "key_id" and "token_type" name something else, and so does a part of ``arn:…:secret:name``.
    if before.endswith(":") or compiled(_ABOUT).search(match["rest"]):
        return False
    if match["name"].lower() in ("key", "token"):
        owner = compiled(_OWNER).search(before)
        if owner is None or (owner[1].lower() == "client" and compiled(_UUID).fullmatch(match["value"])):
            return False
    return _looks_random(match, text)


def _is_password(value: str) -> bool:
    """Return whether a value is a password in use: letters and digits, without words of examples."""
    plain = value.lower().translate(_LEET)
    return _changes(value) > 0 and not any(
        compiled(pattern).search(text) for pattern, text in ((_DEMO, value), (_DEMO, plain), (_VARIABLE, value))
    )


def _is_url_password(match: re.Match[str], text: str) -> bool:
    """Return whether a password in a URL is in use: it looks random, or it leads to a public host."""
    if len(match["value"]) >= 16 and _looks_random(match, text):
        return True
    host = match["host"].lower()
    public = "." in host and compiled(_RESERVED).search(host) is None
    return _is_password(match["value"]) and (public or _changes(match["value"]) >= 3)


def _is_basic(match: re.Match[str], text: str) -> bool:
    """Return whether a value is the Base64 of a name, a colon and a password."""
    import binascii

    try:
        name, colon, password = binascii.a2b_base64(match["value"], strict_mode=True).decode().partition(":")
    except ValueError:
        return False
    # Services that take a key instead of a name and a password leave one of both empty.
    either = password or name
    return bool(colon) and (name + password).isprintable() and len(either) >= 6 and _is_password(either)


FORMS: Final = (
    Form(
        "password in a URL",
        "",
        ("://",),
        r"://[^\s/:]{0,64}:[^\s/:@]{8,64}@[A-Za-z0-9]",
        r"(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}://[^\s/:]{0,64}:(?P<value>[^\s/:@]{8,64})@(?P<host>[A-Za-z0-9.-]{1,100})",
        _is_url_password,
    ),
    Form(
        "bearer token",
        "",
        ("earer ",),
        r"[Bb]earer [A-Za-z0-9._~+/-]{20}",
        r"[Bb]earer (?P<value>[A-Za-z0-9._~+/-]{20,200})(?![A-Za-z0-9._~+/-])",
        _looks_random,
    ),
    Form(
        "basic authorization",
        "",
        ("asic ",),
        r"[Bb]asic [A-Za-z0-9+/]{12}",
        r"[Bb]asic (?P<value>[A-Za-z0-9+/]{12,400}={0,2})",
        _is_basic,
    ),
    Form(
        "assigned secret",
        "value",
        _NAMES,
        SIGNS["value"],
        r"(?P<name>[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD)(?P<rest>[A-Za-z_]{0,12})\\?[\"'`]?"
        r"\s{0,3}(?::=|=>|[:=])\s{0,3}\\?[\"'`]?(?P<value>[A-Za-z0-9+/_.=-]{16,200})(?![A-Za-z0-9(])",
        _is_named,
    ),
)
