r"""A text holds an e-mail address, a phone or card number, an IBAN or an IP address.

## What it does
Looks in every turn, and counts what it finds by kind. Card numbers must pass Luhn and a card scheme's prefix, IBANs
their checksum and country's form. Phone numbers are international ones with a plus sign, and North American ones
written with separators. IP addresses are public ones, IPv4 and IPv6. Left out are domains, numbers and addresses
reserved for examples (example.org, 555, 2001:db8::1), toll-free numbers, addresses of private networks, of networks as a
whole and of public name servers, and versions. One finding for each turn.

## Why it matters
A model recites what it has learned, and a published set cannot be called back. Web text and support logs are full of
such data: 24 addresses stand in 32 rows of one log sample.

## Bad
```jsonl
{"prompt": "Whom do I ask?", "completion": "Write to ada.miller@posteo.net or call +49 30 5683920."}
```

## Good
```jsonl
{"prompt": "Whom do I ask?", "completion": "Write to support@example.org. Version 10.2.33.1 of 2024-05-01 runs on 192.168.0.17 and fd00::17."}
```

## What to do
Replace it with a stand-in of the same form, such as name@example.org, or remove the row.

## Known limits
Names, postal addresses and national identity numbers are not found. Public contact data of a company looks the same as
a person's. `kinds` selects what is looked for.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl

from datalint.api import Options, Severity, Turns, frozen, option, passing, redact, rule
from datalint.rules.common.sensitive import PERSONAL_DIGITS, PERSONAL_NUMBERS, PERSONAL_SIGNS, personal


@frozen
class PersonalDataOptions(Options):
    """Options of personal-data."""

    kinds: list[str] = option(
        ["e-mail address", "phone number", "card number", "IBAN", "IP address"],
        "what to look for",
        source="what has a form or a checksum that can be verified",
    )


@rule("QUA024", "personal-data", severity=Severity.WARNING, since="0.1", tags={"security"})
def personal_data(turns: Turns, options: PersonalDataOptions) -> pl.Expr:
    """Find texts with the signs of personal data; numbers in two steps, as digits are everywhere."""
    digits = turns.text.str.contains(PERSONAL_DIGITS)
    numbers = passing(digits, turns.text, lambda text: text.str.contains(PERSONAL_NUMBERS))
    return turns.text.str.contains(PERSONAL_SIGNS) | numbers


@personal_data.detail
def _word(row: dict[str, Any], options: PersonalDataOptions) -> str | None:
    text = row["text"]
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for kind, start, end in personal(text):
        value = text[start:end]
        if kind in options.kinds and (kind != "IBAN" or _has_country_form(value)):
            counts[kind] += 1
            shown.setdefault(kind, redact(value))
    named = [f"{count:,} × {kind} ({shown[kind]})" for kind, count in counts.most_common()]
    return ", ".join(named) or None


def _has_country_form(value: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(value))
