"""Findings that a row accepts itself, under its key ``_datalint``: ``{"ignore": ["CODE"], "reason": "…"}``.

The key is an instruction to datalint and no part of the example: it is removed before anything else reads the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import orjson

from datalint.privacy.display import Shown, excerpt, printable
from datalint.support.named_tuple import NamedTuple
from datalint.support.text_lists import are_texts

#: The key of a row that accepts findings in it.
KEY: Final = "_datalint"
#: The JSON path of that key, as findings have it.
PATH: Final = f"$.{KEY}"
#: Rules that one row may name, and characters of a reason.
MOST_RULES: Final = 100
LONGEST_REASON: Final = 500

_KEYS: Final = ("ignore", "reason", "until")


class Acceptance(NamedTuple):
    """The rules whose findings a row accepts, by code, why, and the last day on which it does (ISO 8601)."""

    codes: tuple[str, ...]
    reason: Shown
    until: str | None = None


class ParsedAcceptance(NamedTuple):
    """What a value under :data:`KEY` accepts, and what is wrong with it, a sentence each."""

    acceptance: Acceptance | None
    problems: tuple[str, ...] = ()


def parse_acceptance(value: Any, codes: Mapping[str, str] | None = None) -> ParsedAcceptance:
    """Return what the value under :data:`KEY` accepts.

    ``codes`` maps the code and the name of every rule to its code; None takes every code for one. An unknown rule is
    left out. If anything else is wrong, nothing is accepted. A text is read as JSON, as tables of text have no objects.
    """
    if isinstance(value, str):
        if not value.strip():
            return ParsedAcceptance(None)
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return ParsedAcceptance(None, (f"{KEY} is a text that is not JSON",))
    if value is None:
        return ParsedAcceptance(None)
    if not isinstance(value, dict):
        return ParsedAcceptance(None, (f'{KEY} is not an object such as {{"ignore": ["CODE"], "reason": "…"}}',))
    unknown: list[str] = []
    found = list(_named(value.get("ignore"), codes, unknown))
    problems = [*_problems(value), *([] if found or unknown else ["ignore is not a list of rules"])]
    if problems or not found:
        return ParsedAcceptance(None, (*problems, *unknown))
    reason = printable(" ".join(value["reason"].split()))
    return ParsedAcceptance(Acceptance(tuple(dict.fromkeys(found)), reason, value.get("until")), tuple(unknown))


def _problems(value: Mapping[str, Any]) -> Iterator[str]:
    for key in value:
        if key not in _KEYS:
            yield f'unknown key "{excerpt(key, 40)}"; there are {", ".join(_KEYS)}'
            break
    reason = value.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        yield "reason is missing; say why the finding is accepted"
    elif len(reason) > LONGEST_REASON:
        yield f"reason has {len(reason):,} characters, more than {LONGEST_REASON}"
    until = value.get("until")
    if until is not None and not is_date(until):
        yield f'until is "{excerpt(str(until), 40)}", not a date such as 2027-01-31'


def is_date(text: Any) -> bool:
    """Return whether a text is a date such as 2027-01-31."""
    if not isinstance(text, str) or len(text) != len("2027-01-31"):
        return False
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _named(names: Any, codes: Mapping[str, str] | None, unknown: list[str]) -> Iterator[str]:
    """Yield the code of each rule in ``names``; what names none is added to ``unknown`` as a sentence."""
    if not are_texts(names):
        return
    for name in names[:MOST_RULES]:
        code = name if codes is None else codes.get(name) or codes.get(name.upper())
        if code is not None:
            yield code
        else:
            from datalint.core.registry import quoted, suggestion

            unknown.append(f"unknown rule {quoted(name)}{suggestion(name, codes or ())}")
    if len(names) > MOST_RULES:
        unknown.append(f"ignore names {len(names):,} rules; the first {MOST_RULES} count")
