"""Find personal data in a text: e-mail addresses, phone and card numbers, IBANs, IP addresses.

A card number or IBAN must have a valid checksum; an address or number must be outside the ranges reserved for examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.privacy.spans import Found, apart, compiled

#: The first groups of the blocks from which IANA assigns IPv6 addresses; years and most hexadecimal names don't match.
_ASSIGNED: Final = r"2(?:00[13]|[468AaCc][0-3][0-9A-Fa-f])"
#: Words before a card or phone number that would otherwise be an arbitrary number.
_CARD_WORDS: Final = r"card|\bcc\b|visa|maestro|卡号"
_PHONE_WORDS: Final = (
    r"phone|\btel\b|mobile|\bcell|\bfax|whatsapp|\bcall(?:ing)? (?:me |us |him |her )?(?:at|on)|电话|手机"
)
#: Patterns for the Rust engine, one of which every text with personal data matches: signs of an e-mail address or an
#: international number; digits of all other kinds; and, for texts with such digits, their exact arrangement.
PERSONAL_SIGNS: Final = r"@[A-Za-z0-9-]{1,63}\.[A-Za-z]|\+[1-9][0-9 ().-]{6,18}[0-9]"
PERSONAL_DIGITS: Final = (
    r"[0-9](?:[0-9]{2}[-.)] ?[0-9]{3}[-.][0-9]{4}|[0-9]{1,2}[ -][0-9]{2,3}[ -][0-9]{2}"
    r"|\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[0-9]{3}[ -]?[0-9]{4}"
    r"|[0-9A-Fa-f]{3}:[0-9A-Fa-f]{0,4}:)"
)
PERSONAL_NUMBERS: Final = (
    r"[2-9][0-9]{2}[-.)] ?[2-9][0-9]{2}[-.][0-9]{4}"
    r"|(?-u:\b)(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[2-6][0-9]{3}(?:[ -]?[0-9]{4}){3}"
    r"|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5})(?-u:\b)"
    rf"|(?i:{_CARD_WORDS})[^0-9]{{1,30}}(?:[2-6][0-9]{{11,18}}|1800[0-9]{{11}})(?-u:\b)"
    rf"|(?i:{_PHONE_WORDS})[^0-9\n]{{0,12}}\n?[(0-9][0-9 ()-]{{5,17}}[0-9]"
    r"|(?-u:\b)[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4} ?[A-Z0-9]{3}"
    rf"|(?-u:\b){_ASSIGNED}:(?:(?:[0-9A-Fa-f]{{1,4}}:){{6}}|(?:[0-9A-Fa-f]{{1,4}}:){{0,5}}:)[0-9A-Fa-f]"
)

_ADDRESS_CORE: Final = r"\d\.\d{1,3}\.\d{1,3}\.\d"
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS: Final = rf"(?<![\w.+-])(?<!\w/){_OCTET}(?:\.{_OCTET}){{3}}(?![\w-]|\.\w)"
#: Matches in every text with an IPv6 address.
LONG_CORE: Final = rf"{_ASSIGNED}:[\dA-Fa-f]{{0,4}}:"
_LONG_ADDRESS: Final = rf"(?<![\w.+-]){_ASSIGNED}(?:::?[\dA-Fa-f]{{1,4}}){{1,7}}(?![\w-]|:[\dA-Fa-f:]|\.\w)"
_DOMAIN: Final = r"@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,24}(?![\w@-])"
_LOCAL_REVERSED: Final = r"[\w.%+-]{1,64}(?![\w.%+@/-])"
#: A part of a phone number and the complete number: searching for the part first avoids trying look-behind everywhere.
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
#: Card numbers of 12 to 19 digits (Maestro, Diners Club, JCB, long Visa numbers), and national numbers, after a word.
_NAMED_CARD: Final = rf"(?i:{_CARD_WORDS})[^\d]{{1,30}}(?P<number>(?:[2-6]\d{{11,18}}|1800\d{{11}}))(?![\w-]|[ .]\d)"
_NAMED_PHONE: Final = (
    rf"(?i:{_PHONE_WORDS})[^\d\n+]{{0,12}}\n?(?P<number>(?<![\w.+-])[(\d][\d ()-]{{5,17}}\d)(?![\w%-]|[.,]\d)"
)
_DATE: Final = r"(?:19|20)\d\d[ -]\d\d?[ -]\d\d?|\d\d?[ -]\d\d?[ -](?:19|20)\d\d|(?:19|20)\d\d ?- ?(?:19|20)\d\d"
_IBAN_CORE: Final = r"[A-Z]{2}\d\d ?[A-Z0-9]{4} ?[A-Z0-9]{4}"
_IBAN: Final = r"(?<![\w-])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
#: Domains reserved for examples by RFC 2606 and RFC 6761, similar ones, and last labels that are file suffixes.
_RESERVED: Final = (
    r"(?i)example|^(?:your|my)?(?:domain|company|site|website)\."
    r"|\.(?:test|invalid|localhost|local|internal|png|jpe?g|gif|svg|webp|py|js|ts|css|html?|json|txt|md)$"
)
_NOBODYS: Final = frozenset(("555", "800", "833", "844", "855", "866", "877", "888"))
#: Public name servers, which are often quoted, and an address of tutorials (123.45.67.89).
_WELL_KNOWN: Final = frozenset(
    (
        *("8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9", "208.67.222.222", "208.67.220.220", "123.45.67.89"),
        *("2001:4860:4860::8888", "2001:4860:4860::8844", "2606:4700:4700::1111", "2606:4700:4700::1001"),
        *("2620:fe::fe", "2620:fe::9", "2620:119:35::35", "2620:119:53::53"),
    )
)
#: Matches in every text with a phone or card number, an IBAN or an IPv4 address.
DIGITS: Final = r"\d[\d ().-]{5,40}\d"


def personal(text: str) -> list[Found]:
    """Return the e-mail addresses, phone and card numbers, IBANs and public IP addresses in ``text``, in order."""
    found = list(_emails(text)) if "@" in text else []
    found += _long_addresses(text)
    if compiled(DIGITS).search(text) is not None:
        found += (*_ibans(text), *_cards(text), *_named_cards(text), *_phones(text), *_named_phones(text))
        found += _addresses(text)
    return apart(found)


def _emails(text: str) -> Iterator[Found]:
    for match in compiled(_DOMAIN).finditer(text):
        at = match.start()
        # Searched backwards from the @: forwards, every word of the text would be tried as a name.
        name = compiled(_LOCAL_REVERSED).match(text[max(at - 66, 0) : at][::-1])
        if name is None or compiled(_RESERVED).search(match.group()[1:]):
            continue
        local = name.group()[::-1].lstrip(".%+-")
        if local and not re.match(r"(?i)(?:git|you)$|your|example", local):
            yield Found("e-mail address", at - len(local), match.end())


def _phones(text: str) -> Iterator[Found]:
    for core, pattern in _PHONES:
        if compiled(core).search(text) is None:
            continue
        for match in compiled(pattern).finditer(text):
            digits = re.sub(r"\D", "", match.group())
            before = text[max(match.start() - 4, 0) : match.start()].rstrip()
            if _is_number(match.group(), digits) and not before[-1:].isdigit():
                yield Found("phone number", *match.span())


def _named_phones(text: str) -> Iterator[Found]:
    """Find national numbers after a word such as "phone": at least seven digits, in groups if fewer than nine."""
    for match in compiled(_NAMED_PHONE).finditer(text):
        number = match["number"]
        digits = re.sub(r"\D", "", number)
        if 7 <= len(digits) <= 12 and len(set(digits)) > 3 and re.fullmatch(_DATE, number) is None:
            # Numbers of the North American numbering plan are checked by that plan.
            is_long = len(digits) < len(number) or len(digits) >= 9
            if digits[0] == "0" or (is_long and re.fullmatch(r"1?\d{10}", digits) is None):
                yield Found("phone number", match.start("number"), match.end("number"))


def _is_number(written: str, digits: str) -> bool:
    """Check a number by its length (E.164: at most 15 digits), or by the North American numbering plan."""
    if written[0] == "+" and digits[0] != "1":
        return 9 <= len(digits) <= 15 and len(set(digits)) > 3
    national = digits[1:] if digits[0] == "1" else digits
    if len(national) != 10 or national[0] in "01" or national[3] in "01":
        return False
    # 555 is not an area code, and as an exchange it is reserved for fiction; toll-free numbers are not personal.
    return national[:3] not in _NOBODYS and national[3:6] != "555"


def _cards(text: str) -> Iterator[Found]:
    if compiled(_CARD_CORE).search(text) is None:
        return
    for match in compiled(_CARD).finditer(text):
        if _luhn(re.sub(r"\D", "", match.group())):
            yield Found("card number", *match.span())


def _named_cards(text: str) -> Iterator[Found]:
    for match in compiled(_NAMED_CARD).finditer(text):
        if _luhn(match["number"]):
            yield Found("card number", match.start("number"), match.end("number"))


def _luhn(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2])) + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0


def _ibans(text: str) -> Iterator[Found]:
    if compiled(_IBAN_CORE).search(text) is None:
        return
    for match in compiled(_IBAN).finditer(text):
        written = match.group()
        # Capitals after the number look like another group, so the end of every group is tried.
        for end in (len(written), *(i for i in range(len(written) - 1, 14, -1) if written[i] == " ")):
            compact = written[:end].replace(" ", "")
            if len(compact) >= 15 and int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1:
                yield Found("IBAN", match.start(), match.start() + end)
                break


def _addresses(text: str) -> Iterator[Found]:
    if compiled(_ADDRESS_CORE).search(text) is None:
        return
    from ipaddress import IPv4Address

    for match in compiled(_ADDRESS).finditer(text):
        octets = match.group().split(".")
        before = text[max(match.start() - 12, 0) : match.start()].lower()
        # Four small numbers are a version or a section number, and .0 is a network.
        if max(map(int, octets)) < 32 or octets[3] == "0" or re.search(r"ersion|release|\bv\.? ?$", before):
            continue
        address = IPv4Address(match.group())
        if address.is_global and not address.is_multicast and match.group() not in _WELL_KNOWN:
            yield Found("IP address", *match.span())


def _long_addresses(text: str) -> Iterator[Found]:
    if compiled(LONG_CORE).search(text) is None:
        return
    from ipaddress import AddressValueError, IPv6Address

    for match in compiled(_LONG_ADDRESS).finditer(text):
        # Before a colon is the name of the value, or another group of a longer number.
        before = text[max(match.start() - 6, 0) : match.start()]
        if compiled(r"(?:^|\W)[\dA-Fa-f]{0,4}:$").search(before):
            continue
        try:
            address = IPv6Address(match.group())
        except AddressValueError:
            continue
        # The second half of a network address is zero.
        if address.is_global and int(address) % (1 << 64) and str(address) not in _WELL_KNOWN:
            yield Found("IP address", *match.span())
