"""Phone numbers of chosen regions, also without a word next to them: the extra ``phones``.

The package phonenumbers (a port of Google's libphonenumber) knows the numbering plan of each region. Many dates, order
numbers and decimals are valid phone numbers too: of those that it finds in German rules on presidio-research's second
file, 7 of 41 are phone numbers. With a trunk prefix or an area code in brackets, and in groups, all of the eight are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.privacy.phones import is_national
from datalint.privacy.spans import PrivateSpan, ascii_pattern

#: Up to 20 characters that may be a national number: what is parsed is short, whatever the text is.
_CANDIDATE: Final = r"(?<![\w.,+/=:-])(?:0|\(\d{1,5}\)[ -]?\d)(?:(?:[ -]|\(0\))?\d){5,11}(?![\w%]| ?[=.,/:*+-] ?\d)"
_GROUPED: Final = r"\d[ )-]"


def check_regions(regions: Sequence[str]) -> None:
    """Check the regions of an option.

    Raises:
        ValueError: when phonenumbers is not installed, or a region is none of ISO 3166-1 (``DE``).
    """
    if not regions:
        return
    known: set[str] = _package().SUPPORTED_REGIONS
    if unknown := sorted({*regions} - known):
        raise ValueError(f'no region of phone numbers: {", ".join(unknown)}; write ISO 3166-1 codes such as "DE"')


def regional_phones(text: str, regions: Sequence[str]) -> Iterator[PrivateSpan]:
    """Yield the national numbers in a text that are valid in one of the regions."""
    for match in ascii_pattern(_CANDIDATE).finditer(text):
        written = match.group()
        if re.search(_GROUPED, written) and is_national(written) and any(_is_valid(written, each) for each in regions):
            yield PrivateSpan("phone number", *match.span())


def _is_valid(written: str, region: str) -> bool:
    package = _package()
    try:
        return bool(package.is_valid_number(package.parse(written, region)))
    except package.NumberParseException:
        return False


def _package() -> Any:
    try:
        import phonenumbers
    except ImportError:
        raise ValueError("phone-regions needs the extra: pip install 'datalint-sft[phones]'") from None
    return phonenumbers
