"""Recognise secrets without a fixed format: by how random the value is, and by the text around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import log2
from typing import Final

from datalint.privacy.secret_format import SIGNS
from datalint.privacy.spans import ascii_pattern
from datalint.support.named_tuple import NamedTuple

_PLACEHOLDER: Final = (
    r"(?i)example|sample|dummy|fake|placeholder|your|change.?me|redacted|token|string|x{4}|\*{3}|\.{3}|0{8}|1{8}"
    r"|abcdefgh|12345678|23456789|a0b1c2|a1b2c3|1a2b3c|abcd1234|1234abcd|00010203|01020304|eyJzdWIiOiIxMjM0NTY3ODkwIiwi"
    # "Hello" in Base32, as documentation of one-time passwords has it
    r"|JBSWY3DP"
)
_WORDS: Final = r"(?i)secret|password|token|key|test|demo|abcde|12345|insecure"
#: Words in example passwords; short random passwords in URLs do not contain them.
_DEMO: Final = (
    r"(?i)secret|pass|pwd|token|key|test|demo|user|admin|root|guest|hunter|sesame|letmein|qwert|abc|123|insecure|my|some"
    r"|foo|bar"
)
#: Characters of a variable in place of a password.
_VARIABLE: Final = r"[{}<>$()\[\]*\"'`]|%[sd(]"
#: Digits and signs that replace letters, as in "p4ssw0rd".
_LEET: Final = str.maketrans("013457@$", "oieastas")
_NAMES: Final = ("key", "Key", "KEY", "oken", "OKEN", "ecret", "ECRET", "assword", "ASSWORD")
#: "key" and "token" may also mean database keys or page tokens; after one of these words they mean a secret.
_OWNER: Final = (
    r"(?i)(api|access|secret|auth|private|client|encryption|signing|account|master|bearer|refresh|session|app)[ _.-]?$"
)
#: Follows the name of a secret if the value is an attribute of the secret, not the secret itself.
_ABOUT: Final = r"(?i)(?:id|name|hash|type|path|file|ur[il]|arn|alias|label|version|digest|fingerprint|size|length)s?$"
#: A UUID as client token only identifies a request.
_UUID: Final = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
#: Precedes the token of a link that a publisher makes for readers to pass on.
_SHARED: Final = r"[?&;](?:shared|author)_access_$"
#: Hosts that are not public (RFC 2606, RFC 6761, RFC 1918), and placeholders for a host.
_RESERVED: Final = (
    r"(?:^|\.)example(?:\.|$)|\.(?:test|invalid|localhost|local|internal|lan)$"
    r"|^(?:0\.|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^(?:your|my|some)|^(?:host|server|domain)(?:name)?\."
)


class Form(NamedTuple):
    """A context in which a string is a secret.

    ``sign`` is one of :data:`SIGNS`, or "". Every text with the form contains one of ``markers``, and ``core``.
    ``is_secret`` decides whether a match of ``pattern`` in a text is a secret; the group ``value`` is the secret.
    """

    kind: str
    sign: str
    markers: tuple[str, ...]
    core: str
    pattern: str
    is_secret: Callable[[re.Match[str], str], bool]


def is_generated(value: str) -> bool:
    """Return whether a value is generated rather than a placeholder."""
    return len(set(value)) >= 8 and ascii_pattern(_PLACEHOLDER).search(value) is None


def entropy(value: str) -> float:
    """Return the Shannon entropy of a value, in bits per character."""
    return -sum(count / len(value) * log2(count / len(value)) for count in Counter(value).values())


def _changes(value: str) -> int:
    """Return how often letters and digits alternate."""
    kinds = [char.isdigit() for char in value if char.isalnum()]
    return sum(a != b for a, b in pairwise(kinds))


def _looks_random(match: re.Match[str], text: str) -> bool:
    """Return whether a value looks random rather than like words: letters and digits alternate at least three times."""
    return ascii_pattern(_WORDS).search(match["value"]) is None and _changes(match["value"]) >= 3


def _is_named(match: re.Match[str], text: str) -> bool:
    """Return whether a random value is assigned to the name of a secret."""
    before = text[max(match.start() - 16, 0) : match.start()]
    # "key_id" and "token_type" are not names of secrets, nor is a part of ``arn:…:secret:name``.
    if before.endswith(":") or ascii_pattern(_ABOUT).search(match["rest"]) or ascii_pattern(_SHARED).search(before):
        return False
    if match["name"].lower() in ("key", "token"):
        owner = ascii_pattern(_OWNER).search(before)
        if owner is None or (owner[1].lower() == "client" and ascii_pattern(_UUID).fullmatch(match["value"])):
            return False
    return _looks_random(match, text)


def _is_password(value: str) -> bool:
    """Return whether a value is a real password: letters and digits, without words of example passwords."""
    plain = value.lower().translate(_LEET)
    return _changes(value) > 0 and not any(
        ascii_pattern(pattern).search(text) for pattern, text in ((_DEMO, value), (_DEMO, plain), (_VARIABLE, value))
    )


def _is_url_password(match: re.Match[str], text: str) -> bool:
    """Return whether a password in a URL is real: it looks random, or the host is public."""
    if len(match["value"]) >= 16 and _looks_random(match, text):
        return True
    host = match["host"].lower()
    public = "." in host and ascii_pattern(_RESERVED).search(host) is None
    return _is_password(match["value"]) and (public or _changes(match["value"]) >= 3)


def _is_basic(match: re.Match[str], text: str) -> bool:
    """Return whether a value is Base64 of a name, a colon and a password."""
    import binascii

    try:
        name, colon, password = binascii.a2b_base64(match["value"], strict_mode=True).decode().partition(":")
    except ValueError:
        return False
    # Services that use a key instead of name and password leave one of the two empty.
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
