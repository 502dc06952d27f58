"""Find personal data in a text: e-mail and IP addresses, IBANs, and phone, card and national identity numbers.

What has a check digit must have the right one; an address or number must be outside the ranges reserved for examples.
Reports redact what is found here, and QUA024 reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.privacy.cards import CARD_WORDS, cards
from datalint.privacy.national import NATIONAL_WORDS, national_numbers
from datalint.privacy.phones import PHONE_LABELS, PHONE_WORDS, phones
from datalint.privacy.spans import PrivateSpan, ascii_pattern, without_overlaps

#: The first groups of the blocks from which IANA assigns IPv6 addresses; years and most hexadecimal names don't match.
_ASSIGNED: Final = r"2(?:00[13]|[468AaCc][0-3][0-9A-Fa-f])"
#: Patterns for the Rust engine, one of which every text with personal data matches: signs of an e-mail address or an
#: international number; digits of all other kinds; and, for texts with such digits, their exact arrangement.
PERSONAL_SIGNS: Final = r"@[A-Za-z0-9-]{1,63}\.[A-Za-z]|\+[1-9][0-9 ().-]{6,18}[0-9]"
PERSONAL_DIGITS: Final = (
    r"[0-9](?:[0-9]{2}[-.)] ?[0-9]{3}[-.][0-9]{4}|[0-9]{1,2}[ -][0-9]{2,3}[ -][0-9]{2}|[0-9]{0,2}[ -][0-9]{5}"
    r"|[0-9]{2}[ -][0-9]{4}|\.[0-9]{1,4}\.[0-9]{1,4}[.-][0-9]|[0-9]{3}[ -]?[0-9]{4}|[0-9]{5}[-+A/][0-9]{3}"
    r"|[0-9]{5}[A-Za-z]|[0-9][A-Za-z][0-9]{2}[A-Za-z][0-9]{3}|[0-9A-Fa-f]{3}:[0-9A-Fa-f]{0,4}:)"
)
PERSONAL_NUMBERS: Final = (
    r"[2-9][0-9]{2}[-.)] ?[2-9][0-9]{2}[-.][0-9]{4}"
    r"|\b(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[2-68][0-9]{3}(?:[ -]?[0-9]{4}){3}|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5})\b"
    rf"|(?i:{CARD_WORDS})[^0-9]{{1,30}}[0-9](?:[ -]?[0-9]){{11}}"
    rf"|(?i:{PHONE_WORDS})[^0-9\n]{{0,14}}\n?[(0-9][0-9 ().-]{{5,17}}[0-9]|[0-9](?i:{PHONE_LABELS})"
    r"|\b(?i:[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4} ?[A-Z0-9]{3})"
    rf"|\b{_ASSIGNED}:(?:(?:[0-9A-Fa-f]{{1,4}}:){{6}}|(?:[0-9A-Fa-f]{{1,4}}:){{0,5}}:)[0-9A-Fa-f]"
    rf"|{NATIONAL_WORDS}"
    # As in Python: letters outside ASCII may stand next to a word, in languages without spaces.
).replace(r"\b", r"(?-u:\b)")

_ADDRESS_CORE: Final = r"\d\.\d{1,3}\.\d{1,3}\.\d"
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS: Final = rf"(?<![\w.+-])(?<!\w/){_OCTET}(?:\.{_OCTET}){{3}}(?![\w-]|\.\w)"
#: Matches in every text with an IPv6 address.
LONG_CORE: Final = rf"{_ASSIGNED}:[\dA-Fa-f]{{0,4}}:"
_LONG_ADDRESS: Final = rf"(?<![\w.+-]){_ASSIGNED}(?:::?[\dA-Fa-f]{{1,4}}){{1,7}}(?![\w-]|:[\dA-Fa-f:]|\.\w)"
_DOMAIN: Final = r"@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,24}(?![\w@-])"
_LOCAL_REVERSED: Final = r"[\w.%+-]{1,64}(?![\w.%+@/-])"
_IBAN_CORE: Final = r"(?i)[A-Z]{2}\d\d ?[A-Z0-9]{4} ?[A-Z0-9]{4}"
_IBAN: Final = r"(?i)(?<![\w-])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
#: Domains reserved for examples by RFC 2606 and RFC 6761, similar ones, and last labels that are file suffixes.
_RESERVED: Final = (
    r"(?i)example|^(?:your|my)?(?:domain|company|site|website)\."
    r"|\.(?:test|invalid|localhost|local|internal|png|jpe?g|gif|svg|webp|py|js|ts|css|html?|json|txt|md)$"
)
#: Public name servers, which are often quoted, and an address of tutorials (123.45.67.89).
_WELL_KNOWN: Final = frozenset(
    (
        *("8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9", "208.67.222.222", "208.67.220.220", "123.45.67.89"),
        *("2001:4860:4860::8888", "2001:4860:4860::8844", "2606:4700:4700::1111", "2606:4700:4700::1001"),
        *("2620:fe::fe", "2620:fe::9", "2620:119:35::35", "2620:119:53::53"),
    )
)
#: Matches in every text with a phone, card or national number, an IBAN or an IPv4 address.
DIGITS: Final = r"\d(?:[\d ().-]{5,40}\d|[\d./+-]{5}|\d{5}[-+A]|\d[A-Za-z]\d\d[A-Za-z]\d{3})"


def personal(text: str) -> list[PrivateSpan]:
    """Return the personal data in ``text``, in order and without overlaps."""
    found = list(_emails(text)) if "@" in text else []
    found += _long_addresses(text)
    if ascii_pattern(DIGITS).search(text) is not None:
        found += (*national_numbers(text), *_ibans(text), *cards(text), *phones(text), *_addresses(text))
    return without_overlaps(found)


def _emails(text: str) -> Iterator[PrivateSpan]:
    for match in ascii_pattern(_DOMAIN).finditer(text):
        at = match.start()
        # Searched backwards from the @: forwards, every word of the text would be tried as a name.
        name = ascii_pattern(_LOCAL_REVERSED).match(text[max(at - 66, 0) : at][::-1])
        if name is None or ascii_pattern(_RESERVED).search(match.group()[1:]):
            continue
        local = name.group()[::-1].lstrip(".%+-")
        if local and not re.match(r"(?i)(?:git|you)$|your|example", local):
            yield PrivateSpan("e-mail address", at - len(local), match.end())


def _ibans(text: str) -> Iterator[PrivateSpan]:
    if ascii_pattern(_IBAN_CORE).search(text) is None:
        return
    for match in ascii_pattern(_IBAN).finditer(text):
        written = match.group()
        # Capitals after the number look like another group, so the end of every group is tried.
        for end in (len(written), *(i for i in range(len(written) - 1, 14, -1) if written[i] == " ")):
            if _is_iban(written[:end].replace(" ", "")):
                yield PrivateSpan("IBAN", match.start(), match.start() + end)
                break


def _is_iban(compact: str) -> bool:
    """Return whether a value has the check digits of an IBAN (ISO 13616), and the form of those of its country."""
    if len(compact) < 15 or int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 != 1:
        return False
    from stdnum import iban

    return bool(iban.is_valid(compact))


def _addresses(text: str) -> Iterator[PrivateSpan]:
    if ascii_pattern(_ADDRESS_CORE).search(text) is None:
        return
    from ipaddress import IPv4Address

    for match in ascii_pattern(_ADDRESS).finditer(text):
        octets = match.group().split(".")
        before = text[max(match.start() - 12, 0) : match.start()].lower()
        # Four small numbers are a version or a section number, and .0 is a network.
        if max(map(int, octets)) < 32 or octets[3] == "0" or re.search(r"ersion|release|\bv\.? ?$", before):
            continue
        address = IPv4Address(match.group())
        if address.is_global and not address.is_multicast and match.group() not in _WELL_KNOWN:
            yield PrivateSpan("IP address", *match.span())


def _long_addresses(text: str) -> Iterator[PrivateSpan]:
    if ascii_pattern(LONG_CORE).search(text) is None:
        return
    from ipaddress import AddressValueError, IPv6Address

    for match in ascii_pattern(_LONG_ADDRESS).finditer(text):
        # Before a colon is the name of the value, or another group of a longer number.
        before = text[max(match.start() - 6, 0) : match.start()]
        if ascii_pattern(r"(?:^|\W)[\dA-Fa-f]{0,4}:$").search(before):
            continue
        try:
            address = IPv6Address(match.group())
        except AddressValueError:
            continue
        # The second half of a network address is zero.
        if address.is_global and int(address) % (1 << 64) and str(address) not in _WELL_KNOWN:
            yield PrivateSpan("IP address", *match.span())
