"""Card numbers: 12 to 19 digits that begin with an issuer's prefix and pass Luhn's check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.privacy.spans import PrivateSpan, ascii_pattern
from datalint.support.named_tuple import NamedTuple


class Scheme(NamedTuple):
    """A card scheme: ranges of the first digits of its numbers (ISO/IEC 7812), and the lengths of its numbers."""

    name: str
    prefixes: tuple[tuple[str, str], ...]
    lengths: tuple[int, ...]


#: When the ranges were taken, and where from. ISO does not publish its register.
AS_OF: Final = "2026-11"
SOURCE: Final = "https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)"
SCHEMES: Final = (
    Scheme("Visa", (("4", "4"),), (13, 16, 18, 19)),
    Scheme("Mastercard", (("51", "55"), ("2221", "2720")), (16,)),
    Scheme("American Express", (("34", "34"), ("37", "37")), (15,)),
    Scheme("Discover", (("6011", "6011"), ("644", "649"), ("65", "65")), (16, 17, 18, 19)),
    Scheme("Diners Club", (("300", "305"), ("3095", "3095"), ("36", "36"), ("38", "39")), (14, 15, 16, 17, 18, 19)),
    Scheme("JCB", (("3528", "3589"),), (16, 17, 18, 19)),
    Scheme("JCB", (("1800", "1800"), ("2131", "2131")), (15,)),
    Scheme("UnionPay", (("62", "62"),), (16, 17, 18, 19)),
    Scheme("Mir", (("2200", "2204"),), (16, 17, 18, 19)),
    Scheme("RuPay", (("60", "60"), ("81", "82"), ("508", "508")), (16,)),
    Scheme("Maestro", (("5018", "5018"), ("5020", "5020"), ("5038", "5038"), ("6304", "6304")), (16, 17, 18, 19)),
)
#: First digits for cards of any issuer (ISO/IEC 7812: 3 travel, 4 and 5 banks, 6 banks and merchants), without prefixes
#: that are not published; and the lengths of their numbers.
_CARD_INDUSTRIES: Final = "3456"
_LENGTHS: Final = range(12, 20)
#: Lengths and groups in which a number is a card's without a word that says so.
_GROUPED: Final = (
    r"(?<![\w.+@#-])(?:\d{4}(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}|3[47]\d\d(?P<wide>[ -]?)\d{6}(?P=wide)\d{5})"
    r"(?![\w-]|[ .]\d)"
)
CARD_CORE: Final = r"[2-6]\d{3}[ -]?\d{4}"
#: Words before a number of any length; their numbers may be in groups of any size.
CARD_WORDS: Final = r"card|\bcc\b|visa|maestro|卡号"
_NAMED: Final = rf"(?i:{CARD_WORDS})[^\d]{{1,30}}(?P<number>\d(?:[ -]?\d){{11,18}})(?![\w-]|[ .]\d)"


def cards(text: str) -> Iterator[PrivateSpan]:
    """Yield the card numbers in a text: of the usual 15 and 16 digits, and of 12 to 19 after a word such as "card"."""
    if ascii_pattern(CARD_CORE).search(text) is not None:
        for match in ascii_pattern(_GROUPED).finditer(text):
            if is_card(re.sub(r"\D", "", match.group())):
                yield PrivateSpan("card number", *match.span())
    for match in ascii_pattern(_NAMED).finditer(text):
        if may_be_card(re.sub(r"\D", "", match["number"])):
            yield PrivateSpan("card number", match.start("number"), match.end("number"))


def is_card(digits: str) -> bool:
    """Return whether digits have the prefix and the length of a scheme's numbers, and pass Luhn's check."""
    return luhn(digits) and any(
        len(digits) in scheme.lengths and any(low <= digits[: len(low)] <= high for low, high in scheme.prefixes)
        for scheme in SCHEMES
    )


def may_be_card(digits: str) -> bool:
    """Return whether digits after a word such as "card" are the number of one, also of a scheme that is not listed."""
    return is_card(digits) or (digits[0] in _CARD_INDUSTRIES and len(digits) in _LENGTHS and luhn(digits))


def luhn(digits: str) -> bool:
    """Return whether the last of some digits is Luhn's check digit (ISO/IEC 7812-1, annex B)."""
    total = sum(map(int, digits[-1::-2])) + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0
