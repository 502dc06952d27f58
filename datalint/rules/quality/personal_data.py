r"""A text contains an e-mail or IP address, an IBAN, or a phone, card or national identity number.

## What it does
Looks in every turn, and counts what it finds by kind:

- e-mail addresses, and public IP addresses, IPv4 and IPv6
- phone numbers: international ones with a plus sign, North American ones with separators, and national ones next to a
  word that says so ("mobile", "fax"); those of `phone-regions` also without such a word
- card numbers that pass Luhn: of 15 or 16 digits with the prefix of a scheme, or 12 to 19 after a word such as "card"
- IBANs with valid check digits in the form of their country
- national identity numbers of 26 registers (Social Security, NHS, Steuer-ID, Aadhaar, 身份证 and others), after a word
  that names them and with a valid check digit where there is one

The following are not reported:

- domains, numbers and addresses that are reserved for examples (example.org, 555, 2001:db8::1)
- toll-free numbers, version numbers, and numbers whose digits count or repeat
- addresses of private networks, of networks as a whole and of public name servers
- a company's mailboxes (info@, support@), and names that tutorials use (john.doe@, anything @email.com)
- contact data that is published to be used ("call us at …") or given as an example

Reports redact everything that is found, including what is not reported here. There is one finding for each turn.

## Why it matters
A model may repeat what it has learned, and a published dataset cannot be withdrawn. Web text and support logs often
contain such data: 32 rows of one log sample contain 24 addresses.

## Bad
```jsonl
{"prompt": "Whom do I ask?", "completion": "Write to ada.miller@posteo.net or call +49 30 5683920."}
```

## Good
```jsonl
{"prompt": "Whom do I ask?", "completion": "Write to support@example.org. Version 10.2.33.1 of 2024-05-01 runs on 192.168.0.17 and fd00::17."}
```

## What to do
Replace it with a placeholder of the same form, such as name@example.org, or remove the row.

## Known limits
Names, postal addresses, dates of birth, and licence and passport numbers are not found. A national phone or identity
number without a word that names it looks like any other number. Phone numbers of `phone-regions` are found only if
they begin with 0 or have an area code in brackets, and are redacted only in the findings of this rule. The rule can't
distinguish a company's public phone number from a person's, or an invented address at a real provider from a real one.
`kinds` selects the kinds of data to look for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from datalint.api import (
    Confidence,
    DatalintError,
    Fix,
    Hit,
    Options,
    Severity,
    Turns,
    frozen,
    option,
    passing,
    redact,
    rule,
)
from datalint.rules.common.spans.offsets import MOVES, moves_places
from datalint.rules.common.texts.placeholders import without_values
from datalint.rules.common.texts.sensitive import (
    PERSONAL_DIGITS,
    PERSONAL_NUMBERS,
    PERSONAL_SIGNS,
    check_regions,
    personal,
    regional_phones,
    without_overlaps,
)

#: Mailboxes of an organisation, and the names and domains of tutorials.
_MAILBOX: Final = (
    r"(?i)(?:info|support|admin(?:istrator|istration|issions?)?|press|pr|contact(?:us)?|sales|news(?:letter|room)?|help(?:desk)?"
    r"|office|webmaster|postmaster|no-?reply|do-?not-?reply|hello|services?|alerts?|notifications?|customer[._-]?\w{0,8}|media"
    r"|editors?|editorial|team|jobs|careers|hr|feedback|abuse|privacy|security|marketing|billing|accounts?|subscribe"
    r"|admissions?|enquir(?:y|ies)|inquir(?:y|ies)|reservations?|booking|events?|registration|orders?|mail|e?-?mail"
    r"|[\w.-]{0,20}(?:info|support|service|news|press|enquiries))[\d._-]{0,4}"
    r"|(?:john|jane|joe|jon)[._-]?(?:doe|smith)?\d{0,4}|j[._-]?doe|foo|bar|baz|test\w{0,8}|user(?:name)?\d{0,6}|abc|xyz|x+|name"
    r"|first[._-]?name[._-]?(?:last[._-]?name)?|some(?:one|body)|any(?:one|body)|person\d{0,3}|me|.{1,2}"
)
_FIRST_NAME: Final = (
    r"(?i)(?:bob|alice|carol|dan|mary|john|jane|tom|jack|mike|peter)@(?:gmail|yahoo|hotmail|outlook)\.com"
)
_DOMAIN: Final = r"(?i)(?:.*\.)?(?:(?:e-?)?mail|test|abc|xyz|foo|bar|sample|demo|acme|contoso|fabrikam|domain|company|mydomain|x+|.)\.[a-z.]{2,6}"
#: What stands before an example, a server's address, and a number that is published to be called.
_EXAMPLE: Final = r"(?i)(?:for example|for instance|e\.g\.|such as|例如|比如)[^\n]{0,12}$"
#: Texts about how such numbers are written, whose numbers are samples.
_ABOUT_NUMBERS: Final = (
    r"(?i)\bluhn\b|numbering plan\b|\btest (?:card|number)s?\b|clean(?:s|ing)? up (?:the )?(?:phone|telephone) numbers"
)
_SERVER: Final = r"(?i)(?:server|host|gateway|dns|resolver|proxy)s?[^\w\n]{0,4}(?:ip|at|is|address)?[^\w\n]{0,3}$"
_PUBLIC: Final = (
    r"(?i)\b(?:(?:call|contact|reach|phone|visit|text) us\b|customer (?:service|care|support)|hot ?line|help ?line|(?:more |further )?"
    r"information|details|registration|reservations?|tickets?|office|headquarters|experts? a call|by telephone)[^\n]{0,24}$"
)
_BEFORE: Final = 60
_DIGITS: Final = "0123456789012345"
_STEPS: Final = 6
#: Different digits of a number of ten that is made up; of seven digits, a quarter of all numbers have as few.
_FEW: Final = 4
_TEN: Final = 10


@frozen
class PersonalDataOptions(Options):
    """Options of personal-data."""

    kinds: list[str] = option(
        ["e-mail address", "phone number", "card number", "IBAN", "IP address", "national number"],
        "what to look for",
        source="what has a form or a checksum that can be verified",
    )
    phone_regions: list[str] = option(
        [],
        'regions (ISO 3166-1, such as "DE") whose national phone numbers are found without a word next to them, if they '
        "begin with 0 or an area code in brackets; needs the extra `phones`",
        source="without such a beginning, 7 of 41 numbers found in presidio-research's second file are phone numbers",
    )


@rule(
    "QUA024",
    "personal-data",
    severity=Severity.WARNING,
    since="0.1",
    tags={"security"},
    confidence=Confidence.LOW,
    fix=Fix.edit(safe=False),
)
def personal_data(turns: Turns, options: PersonalDataOptions) -> pl.Expr:
    """Find texts with the signs of personal data; numbers in two steps, as digits are everywhere."""
    digits = turns.text.str.contains(PERSONAL_DIGITS)
    exact = passing(digits, turns.text, lambda text: text.str.contains(PERSONAL_NUMBERS))
    # Any arrangement of digits may be a number of one of the regions.
    return turns.text.str.contains(PERSONAL_SIGNS) | (digits if options.phone_regions else exact)


@personal_data.check
def regions(options: PersonalDataOptions) -> None:
    """Refuse regions that do not exist, or whose numbers nothing is installed for."""
    try:
        check_regions(options.phone_regions)
    except ValueError as error:
        raise DatalintError(f"{error}") from None


@personal_data.detail
def _word(row: dict[str, Any], options: PersonalDataOptions) -> Hit | None:
    text = row["text"]
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for kind, start, end in _found(text, options):
        counts[kind] += 1
        shown.setdefault(kind, redact(text[start:end]))
    named = [f"{count:,} × {kind} ({shown[kind]})" for kind, count in counts.most_common()]
    stays = bool(named) and moves_places(row, _redacted(row, options))
    return Hit(", ".join(named) + MOVES * stays, fixable=not stays) if named else None


def _found(text: str, options: PersonalDataOptions) -> Iterator[tuple[str, int, int]]:
    samples = re.search(_ABOUT_NUMBERS, text) is not None
    found = personal(text)
    if options.phone_regions:
        found = without_overlaps([*found, *regional_phones(text, options.phone_regions)])
    for kind, start, end in found:
        if samples and kind in ("card number", "phone number"):
            continue
        value, before = text[start:end], text[max(start - _BEFORE, 0) : start]
        if kind not in options.kinds:
            continue
        if not _is_nobodys(kind, value, before):
            yield kind, start, end


@personal_data.repair
def _redacted(row: dict[str, Any], options: PersonalDataOptions) -> str:
    """Put the kind of each value in its place."""
    return without_values(row["text"], _found(row["text"], options))


def _is_nobodys(kind: str, value: str, before: str) -> bool:
    """Whether a value belongs to an organisation, or is a placeholder; ``before`` is the text before it."""
    if re.search(_EXAMPLE, before) is not None:
        return True
    if kind == "e-mail address":
        name, _, domain = value.rpartition("@")
        patterns = ((_MAILBOX, name), (_DOMAIN, domain), (_FIRST_NAME, value))
        return any(re.fullmatch(pattern, part) for pattern, part in patterns)
    if kind == "IP address":
        return re.search(_SERVER, before) is not None
    if kind != "phone number":
        return False
    if re.search(_PUBLIC, before) is not None:
        return True
    digits = re.sub(r"\D", "", value)
    runs = (digits[i : i + _STEPS] for i in range(len(digits) - _STEPS + 1))
    few = _FEW if len(digits) >= _TEN else _FEW - 1
    return len(set(digits[-_TEN:])) <= few or any(run in _DIGITS or run[::-1] in _DIGITS for run in runs)
