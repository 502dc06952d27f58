"""Phone numbers: international ones, North American ones, and national ones next to a word that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.privacy.spans import PrivateSpan, ascii_pattern

#: What is before a number that would otherwise be an arbitrary one.
PHONE_WORDS: Final = (
    r"phone|\btel\b|\bt[eé]l[eé]?fono?|\bt[eé]l\.|mobile|\bcell(?:phone|ular| ?(?:phone|number|no|#|:))|\bfax"
    r"|whatsapp|\bhandynummer"
    r"|(?:desk|office|direct) ?:"
    r"|\b(?:call|text|ring|reach|dial|message)(?:s|ed|ing)? (?:me |us |him |her |them |you )?(?:at|on|to)\b"
    r"|\bcan call\b|answer(?:ing)? (?:at|on)|\bmessages to|\bsms to|电话|手机"
)
#: What is after such a number.
PHONE_LABELS: Final = r"[ -]?\(?(?:office|fax|mobile|cell|work|home|desk)\b"
_EXTENSION: Final = r"(?: ?(?:x|ext\.? ?)\d{1,5})?"
#: A part of a phone number and the complete number: searching for the part first avoids trying look-behind everywhere.
PHONES: Final = (
    (r"\+[1-9]", rf"\+(?<![\w.+=(-]\+)[1-9][0-9 ().-]{{6,18}}[0-9]{_EXTENSION}(?![\w%])"),
    (
        r"[2-9]\d\d(?:\) ?|[-.])[2-9]\d\d[-.]\d{4}",
        r"(?<![\w.+-])(?:(?:00)?1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}"
        rf"{_EXTENSION}(?![\w-]|\.\d)",
    ),
)
#: A national number: digits in groups, or French and North American groups between dots.
_NATIONAL: Final = (
    rf"(?:(?<![\w.+-])(?:[(\d][\d ()-]{{5,17}}\d|(?:\d\d\.){{4}}\d\d|\d{{3}}\.\d{{3}}\.\d{{4}}){_EXTENSION})"
)
_NAMED: Final = rf"(?i:{PHONE_WORDS})[^\d\n+]{{0,14}}?\n?(?P<number>{_NATIONAL})(?![\w%]| ?[=.,] ?\d)"
_LABELLED: Final = rf"(?P<number>{_NATIONAL})(?i:{PHONE_LABELS})"
_LABEL_CORE: Final = rf"\d(?i:{PHONE_LABELS})"
_DATE: Final = r"(?:19|20)\d\d[ -]\d\d?[ -]\d\d?|\d\d?[ -]\d\d?[ -](?:19|20)\d\d|(?:19|20)\d\d ?- ?(?:19|20)\d\d"
#: Decimal numbers, such as coordinates.
_DECIMALS: Final = r"\+\d{1,3}\.\d+[ ,]+[+-]?\d{1,3}\.\d+"
#: Area codes that are not given to persons: 555, and toll-free numbers.
_IMPERSONAL: Final = frozenset(("555", "800", "833", "844", "855", "866", "877", "888"))


def phones(text: str) -> Iterator[PrivateSpan]:
    """Yield the phone numbers in a text."""
    for core, pattern in PHONES:
        if ascii_pattern(core).search(text) is None:
            continue
        for match in ascii_pattern(pattern).finditer(text):
            before = text[max(match.start() - 4, 0) : match.start()].rstrip()
            if _is_number(match.group()) and not before[-1:].isdigit():
                yield PrivateSpan("phone number", *match.span())
    for match in ascii_pattern(_NAMED).finditer(text):
        if is_national(match["number"]):
            yield PrivateSpan("phone number", match.start("number"), match.end("number"))
    if ascii_pattern(_LABEL_CORE).search(text) is not None:
        for match in ascii_pattern(_LABELLED).finditer(text):
            if is_national(match["number"]):
                yield PrivateSpan("phone number", match.start("number"), match.end("number"))


def _is_number(written: str) -> bool:
    """Check a number by its length (E.164: at most 15 digits), or by the North American numbering plan."""
    if re.match(_DECIMALS, written) is not None:
        return False
    digits = _digits(written)
    if written[0] == "+" and digits[0] != "1":
        return 9 <= len(digits) <= 15 and len(set(digits)) > 3
    digits = digits.removeprefix("00")
    national = digits[1:] if digits[0] == "1" else digits
    return len(national) == 10 and national[0] not in "01" and national[3] not in "01" and _is_personal(national)


def is_national(written: str) -> bool:
    """Check a national number: 7 to 13 digits, in groups if fewer than nine, that are no date and no placeholder."""
    digits = _digits(written)
    if not 7 <= len(digits) <= 13 or len(set(digits)) <= 3 or re.fullmatch(_DATE, written) is not None:
        return False
    if digits[0] != "0" and len(digits) < 9 and len(digits) == len(written):
        return False
    american = re.fullmatch(r"1?(\d{10})", digits)
    return american is None or digits[0] == "0" or _is_personal(american[1])


def _is_personal(national: str) -> bool:
    """Return whether ten digits of the North American numbering plan may be a person's: 555 is for fiction."""
    return national[:3] not in _IMPERSONAL and national[3:6] != "555"


def _digits(written: str) -> str:
    """Return the digits of a number without its extension."""
    return re.sub(r"\D", "", re.split(r"x|ext", written, maxsplit=1)[0])
