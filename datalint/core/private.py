"""Secrets and personal data in a text: where they are, and the text without them.

A finder names only what it is sure of: a secret has a published format and is no placeholder, a card or IBAN passes
its checksum, an address or number lies outside the ranges reserved for examples. Every pattern starts at a token
boundary or a literal and repeats within bounds, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

#: Characters beyond an excerpt that :func:`hide` must see to know a secret that the excerpt's edge cuts.
MARGIN: Final = 256

#: What a text with a secret holds, for the Rust engine: literal beginnings, so that it runs at memory speed.
SECRET_GATE: Final = (
    r"(?:AKIA|ASIA)[A-Z2-7]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50}|glpat-[A-Za-z0-9_-]{20}"
    r"|sk-[A-Za-z0-9_-]{24}|hf_[A-Za-z0-9]{30}|AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{28}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com/services/T|[sr]k_live_[A-Za-z0-9]{16}"
    r"|SG\.[A-Za-z0-9_-]{22}\.|npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{50}|gsk_[A-Za-z0-9]{40}"
    r"|AccountKey=[A-Za-z0-9+/]{80}|eyJ[A-Za-z0-9_-]{8,250}\.eyJ|PRIVATE KEY(?: BLOCK)?-----"
    r"|://[^\s/:@]{1,64}:[^\s/:@]{8,64}@[A-Za-z0-9]|[Bb]earer [A-Za-z0-9._~+/-]{20}"
    r"|(?:[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD)[A-Za-z_]{0,12}[\"'`]?"
    r"\s{0,3}(?::=|=>|[:=])\s{0,3}[\"'`]?[A-Za-z0-9+/_.=-]{16}"
)
#: The same for personal data: the signs of an address or a number abroad; the digits of all others; and, for the
#: texts that have such digits, their exact arrangement.
PERSONAL_SIGNS: Final = r"@[A-Za-z0-9-]{1,63}\.[A-Za-z]|\+[1-9][0-9 ().-]{6,18}[0-9]"
PERSONAL_DIGITS: Final = (
    r"[0-9](?:[0-9]{2}[-.)] ?[0-9]{3}[-.][0-9]{4}|\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[0-9]{3}[ -]?[0-9]{4})"
)
PERSONAL_NUMBERS: Final = (
    r"[2-9][0-9]{2}[-.)] ?[2-9][0-9]{2}[-.][0-9]{4}"
    r"|(?-u:\b)(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[2-6][0-9]{3}(?:[ -]?[0-9]{4}){3}"
    r"|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5})(?-u:\b)"
    r"|(?-u:\b)[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4} ?[A-Z0-9]{3}"
)


class Found(NamedTuple):
    """One secret or personal datum: what it is, and where, as ``text[start:end]``."""

    kind: str
    start: int
    end: int


class _Format(NamedTuple):
    """One of ``markers`` is in every text with such a secret, and so is ``core``: both are quick to look for."""

    kind: str
    markers: tuple[str, ...]
    pattern: str
    core: str = ""


_START: Final = r"(?<![A-Za-z0-9])"
_END: Final = r"(?![A-Za-z0-9])"
_FORMATS: Final = (
    _Format("AWS access key", ("AKIA", "ASIA"), rf"{_START}(?:AKIA|ASIA)[A-Z2-7]{{16}}{_END}"),
    _Format(
        "GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        rf"{_START}(?:gh[pousr]_\w{{36,251}}|github_pat_\w{{50,90}})",
    ),
    _Format("GitLab token", ("glpat-",), rf"{_START}glpat-[\w-]{{20,64}}"),
    _Format("Anthropic key", ("sk-ant-",), rf"{_START}sk-ant-[a-z0-9]{{3,10}}-[\w-]{{20,128}}"),
    _Format("OpenAI key", ("sk-",), rf"{_START}sk-(?:proj-|svcacct-|admin-)[\w-]{{20,200}}"),
    _Format("API key", ("sk-",), rf"{_START}sk-(?:or-v1-)?[A-Za-z0-9]{{32,80}}(?![\w-])"),
    _Format("Hugging Face token", ("hf_",), rf"{_START}hf_[A-Za-z0-9]{{30,40}}(?!\w)"),
    _Format("Google API key", ("AIza",), rf"{_START}AIza[\w-]{{35}}(?![\w-])"),
    _Format("Google client secret", ("GOCSPX-",), rf"{_START}GOCSPX-[\w-]{{28}}(?![\w-])"),
    _Format("Slack token", ("xox",), rf"{_START}xox[abeoprs]-[A-Za-z0-9-]{{10,250}}"),
    _Format("Slack webhook", ("hooks.slack.com",), r"hooks\.slack\.com/services/T\w{6,12}/B\w{6,12}/\w{20,28}"),
    _Format("Stripe key", ("k_live_",), rf"{_START}[sr]k_live_[A-Za-z0-9]{{16,128}}"),
    _Format("SendGrid key", ("SG.",), rf"{_START}SG\.[\w-]{{22}}\.[\w-]{{43}}"),
    _Format("npm token", ("npm_",), rf"{_START}npm_[A-Za-z0-9]{{36}}{_END}"),
    _Format("PyPI token", ("pypi-AgE",), rf"{_START}pypi-AgE[\w-]{{50,250}}"),
    _Format("Groq key", ("gsk_",), rf"{_START}gsk_[A-Za-z0-9]{{40,64}}{_END}"),
    _Format("Azure storage key", ("AccountKey=",), r"AccountKey=(?P<value>[A-Za-z0-9+/]{80,88}={0,2})"),
    _Format(
        "JSON web token",
        (".eyJ",),
        r"(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{16,1400}",
    ),
    _Format(
        "password in a URL",
        ("://",),
        r"(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,64}:(?P<value>[^\s/:@]{8,64})@[A-Za-z0-9]",
        r"://[^\s/:@]{1,64}:[^\s/:@]{8,64}@",
    ),
    _Format(
        "bearer token",
        ("earer ",),
        r"[Bb]earer (?P<value>[A-Za-z0-9._~+/-]{20,200})(?![A-Za-z0-9._~+/-])",
    ),
    _Format(
        "assigned secret",
        ("key", "Key", "KEY", "oken", "OKEN", "ecret", "ECRET", "assword", "ASSWORD"),
        r"(?P<name>[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD)[A-Za-z_]{0,12}[\"'`]?"
        r"\s{0,3}(?::=|=>|[:=])\s{0,3}[\"'`]?(?P<value>[A-Za-z0-9+/_.=-]{16,200})(?![A-Za-z0-9(])",
        r"[:=>]\s{0,3}[\"'`]?[A-Za-z0-9+/_.=-]{16}",
    ),
)
#: Formats that any string could have, so that only a random-looking value counts.
_JUDGED: Final = frozenset(("password in a URL", "bearer token", "assigned secret"))
#: "key" and "token" alone name database keys and pages; with one of these before them they name a secret.
_OWNER: Final = (
    r"(?i)(?:api|access|secret|auth|private|client|encryption|signing|account|master|bearer|refresh|session|app)"
    r"[ _.-]?$"
)
_PLACEHOLDER: Final = (
    r"(?i)example|sample|dummy|fake|placeholder|your|change.?me|redacted|x{4}|\*{3}|\.{3}|0{8}|1{8}"
    r"|eyJzdWIiOiIxMjM0NTY3ODkwIiwi"
)
_WORDS: Final = r"(?i)secret|password|token|key|test|demo|abcde|12345|insecure"

_KEY_HEAD: Final = r"-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
_KEY_TAIL: Final = r"-----END (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----"

_ADDRESS_CORE: Final = r"\d\.\d{1,3}\.\d{1,3}\.\d"
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS: Final = rf"(?<![\w.+-])(?<!\w/){_OCTET}(?:\.{_OCTET}){{3}}(?![\w-]|\.\w)"
_DOMAIN: Final = r"@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,24}(?![\w@-])"
_LOCAL_REVERSED: Final = r"[\w.%+-]{1,64}(?![\w.%+@/-])"
#: What one has in it, and the whole, where a pattern that starts by looking behind would be tried at every character.
_PHONES: Final = (
    (r"\+[1-9]", r"\+(?<![\w.+=(-]\+)[1-9][0-9 ().-]{6,18}[0-9](?![\w%])"),
    (
        r"[2-9]\d\d(?:\) ?|[-.])[2-9]\d\d[-.]\d{4}",
        r"(?<![\w.+-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?![\w-]|\.\d)",
    ),
)
_CARD_CORE: Final = r"[2-6]\d{3}[ -]?\d{4}"
_CARD: Final = (
    r"(?<![\w.+-])(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6(?:011|2\d\d|4[4-9]\d|5\d\d)|35\d\d)"
    r"(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?![\w-]|[ .]\d)"
    r"|(?<![\w.+-])3[47]\d\d(?P<wide>[ -]?)\d{6}(?P=wide)\d{5}(?![\w-]|[ .]\d)"
)
_IBAN_CORE: Final = r"[A-Z]{2}\d\d ?[A-Z0-9]{4} ?[A-Z0-9]{4}"
_IBAN: Final = r"(?<![\w-])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
#: Domains set aside for examples by RFC 2606 and RFC 6761, their look-alikes, and last labels that are file names.
_RESERVED: Final = (
    r"(?i)example|^(?:your|my)?(?:domain|company|site|website)\."
    r"|\.(?:test|invalid|localhost|local|internal|png|jpe?g|gif|svg|webp|py|js|ts|css|html?|json|txt|md)$"
)
_NOBODYS: Final = frozenset(("555", "800", "833", "844", "855", "866", "877", "888"))
#: Public name servers, which everyone writes down, and the counting address of tutorials.
_WELL_KNOWN: Final = frozenset(
    ("8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9", "208.67.222.222", "208.67.220.220", "123.45.67.89")
)
_DIGITS: Final = r"\d[\d ().-]{5,40}\d"
_FORMAT_MARKERS: Final = tuple(dict.fromkeys(marker for each in _FORMATS for marker in each.markers))
_MARKERS: Final = ("@", "-----BEGIN", "-----END", *_FORMAT_MARKERS)


@cache
def _re(pattern: str) -> re.Pattern[str]:
    # Compiled on first use: importing this module must cost nothing to `datalint --help`.
    return re.compile(pattern, re.ASCII)


def secrets(text: str) -> list[Found]:
    """Return the secrets in ``text``, in order, none overlapping another."""
    return _apart([*_private_keys(text), *_formatted(text)])


def personal(text: str) -> list[Found]:
    """Return the e-mail addresses, phone and card numbers, IBANs and public IPv4 addresses in ``text``, in order."""
    found = list(_emails(text)) if "@" in text else []
    if _re(_DIGITS).search(text) is not None:
        found += (*_ibans(text), *_cards(text), *_phones(text), *_addresses(text))
    return _apart(found)


def hide(text: str) -> str:
    """Return ``text`` with every secret and personal datum replaced by its redacted form.

    A text that holds none costs a few microseconds. What an excerpt's edge has cut may be too short to know:
    give this function :data:`MARGIN` characters beyond the edge, and cut afterwards.
    """
    for marker in _MARKERS:
        if marker in text:
            break
    else:
        if _re(_DIGITS).search(text) is None:
            return text
    found = _apart([*secrets(text), *personal(text)])
    if not found:
        return text
    from datalint.core.sanitize import redact

    pieces: list[str] = []
    done = 0
    for item in found:
        pieces += (text[done : item.start], redact(text[item.start : item.end]))
        done = item.end
    pieces.append(text[done:])
    return "".join(pieces)


def _apart(found: list[Found]) -> list[Found]:
    """Sort by place; of two that overlap keep the one that starts first, then the one named first."""
    if len(found) < 2:
        return found
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: item.start):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _formatted(text: str) -> Iterator[Found]:
    held = {marker for marker in _FORMAT_MARKERS if marker in text}
    if not held:
        return
    for kind, markers, pattern, core in _FORMATS:
        if held.isdisjoint(markers) or (core and _re(core).search(text) is None):
            continue
        for match in _re(pattern).finditer(text):
            group = "value" if "value" in match.re.groupindex else 0
            value = match[group]
            if _re(_PLACEHOLDER).search(value) or len(set(value)) < 8:
                continue
            if kind in _JUDGED and not (_looks_random(value) and _named(match, text)):
                continue
            yield Found(kind, *match.span(group))


def _named(match: re.Match[str], text: str) -> bool:
    if "name" not in match.re.groupindex or match["name"].lower() not in ("key", "token"):
        return True
    return _re(_OWNER).search(text[max(match.start() - 16, 0) : match.start()]) is not None


def _looks_random(value: str) -> bool:
    """Tell a generated value from words: letters and digits change places at least three times."""
    if _re(_WORDS).search(value) or value.isdigit():
        return False
    kinds = [char.isdigit() for char in value if char.isalnum()]
    return sum(a != b for a, b in pairwise(kinds)) >= 3


def _private_keys(text: str) -> Iterator[Found]:
    if "PRIVATE KEY" not in text:
        return
    done = 0
    for head in _re(_KEY_HEAD).finditer(text):
        tail = _re(_KEY_TAIL).search(text, head.end(), head.end() + 20_000)
        end = tail.end() if tail else min(len(text), head.end() + 4_000)
        # Prose about keys shows the marker lines alone, or with an ellipsis between them.
        if _re(r"[A-Za-z0-9+/=]{40}").search(text, head.end(), min(end, head.end() + 400)):
            yield Found("private key", head.start(), end)
        done = max(done, end)
    tail = _re(_KEY_TAIL).search(text, done)
    if tail is not None and done == 0:
        body = re.search(r"[A-Za-z0-9+/=\s\\]{40,20000}$", text[max(0, tail.start() - 20_000) : tail.start()])
        if body is not None:
            yield Found("private key", tail.start() - len(body.group()), tail.end())


def _emails(text: str) -> Iterator[Found]:
    for match in _re(_DOMAIN).finditer(text):
        at = match.start()
        # Backwards from the sign: forwards, every word of the text would be tried as a name.
        name = _re(_LOCAL_REVERSED).match(text[max(at - 66, 0) : at][::-1])
        if name is None or _re(_RESERVED).search(match.group()[1:]):
            continue
        local = name.group()[::-1].lstrip(".%+-")
        if local and not re.match(r"(?i)(?:git|you)$|your|example", local):
            yield Found("e-mail address", at - len(local), match.end())


def _phones(text: str) -> Iterator[Found]:
    for core, pattern in _PHONES:
        if _re(core).search(text) is None:
            continue
        for match in _re(pattern).finditer(text):
            digits = re.sub(r"\D", "", match.group())
            before = text[max(match.start() - 4, 0) : match.start()].rstrip()
            if _is_number(match.group(), digits) and not before[-1:].isdigit():
                yield Found("phone number", *match.span())


def _is_number(written: str, digits: str) -> bool:
    """Check an international number by its length (E.164: at most 15 digits), a North American one by its plan."""
    if written[0] == "+" and digits[0] != "1":
        return 9 <= len(digits) <= 15 and len(set(digits)) > 3
    national = digits[1:] if digits[0] == "1" else digits
    if len(national) != 10 or national[0] in "01" or national[3] in "01":
        return False
    # 555 is no area code and as an exchange stands for fiction; a toll-free number is nobody's own.
    return national[:3] not in _NOBODYS and national[3:6] != "555"


def _cards(text: str) -> Iterator[Found]:
    if _re(_CARD_CORE).search(text) is None:
        return
    for match in _re(_CARD).finditer(text):
        if _luhn(re.sub(r"\D", "", match.group())):
            yield Found("card number", *match.span())


def _luhn(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2])) + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0


def _ibans(text: str) -> Iterator[Found]:
    if _re(_IBAN_CORE).search(text) is None:
        return
    for match in _re(_IBAN).finditer(text):
        written = match.group()
        # Capitals that follow the number look like one more group, so every group's end is tried.
        for end in (len(written), *(i for i in range(len(written) - 1, 14, -1) if written[i] == " ")):
            compact = written[:end].replace(" ", "")
            if len(compact) >= 15 and int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1:
                yield Found("IBAN", match.start(), match.start() + end)
                break


def _addresses(text: str) -> Iterator[Found]:
    if _re(_ADDRESS_CORE).search(text) is None:
        return
    from ipaddress import IPv4Address

    for match in _re(_ADDRESS).finditer(text):
        octets = match.group().split(".")
        before = text[max(match.start() - 12, 0) : match.start()].lower()
        # Four small numbers are a version or a section, and .0 is a network.
        if max(map(int, octets)) < 32 or octets[3] == "0" or re.search(r"ersion|release|\bv\.? ?$", before):
            continue
        address = IPv4Address(match.group())
        if address.is_global and not address.is_multicast and match.group() not in _WELL_KNOWN:
            yield Found("IP address", *match.span())
