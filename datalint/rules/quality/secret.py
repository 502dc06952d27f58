r"""A text contains a key, token or private key.

## What it does
Looks in every turn for credentials:

- keys and tokens in published formats, most of which begin with a prefix of their issuer: `AKIA…`, `ghp_…`, `glpat-…`,
  `sk-ant-…`, `hf_…`, `xoxb-…`, `dop_v1_…` and many more
- PEM private keys and JSON web tokens
- passwords in URLs, and credentials after `Authorization: Basic` and `Bearer`
- random-looking values that are assigned to `api_key`, `client_secret` and the like

Reported as a warning:
- a value after the path of a file in a folder of tests or examples, or the address of a placeholder
- a value in a prompt that says how to deal with such values ("redact all keys"), or whose system prompt does

Not reported:
- an example: a value that says so (`EXAMPLE`, `xxxx`, `your-api-key`), counts (`12345678`), or is a key from a vendor's
  documentation
- a value with less entropy than keys of its format have
- a value in the sample input of an exercise (`input: password = …`), or that a doctest prints
- a value that is encrypted by its name (`encrypted_password = …`)

Every report redacts values in these formats, including those that are not reported.

Most formats are translated from the configuration of [gitleaks](https://github.com/gitleaks/gitleaks) (MIT License).
[Contributing](../../CONTRIBUTING.md#formats-of-secrets) explains how to update them.

## Why it matters
A model can be made to repeat its training data, and the file itself is sent to providers and colleagues, or published.
Anybody who finds a leaked key can use it.

## Bad
```jsonl
{"prompt": "Why is my push refused?", "completion": "Set GITHUB_TOKEN=ghp_q7Xr2LmV9sTbKd4WnYc8ZpHf3JgEuA51Re0o and push again."}
```

## Good
```jsonl
{"prompt": "Why is my push refused?", "completion": "Set GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and push again."}
```

## What to do
Revoke the credential first, then replace it with an obvious placeholder.

## Known limits
A secret without a fixed format (a plain password, a bare hexadecimal string) is not found. Keys whose prefix is common
in other text (Twilio, Azure, Alibaba) are recognised only if they are assigned, after `=`, `:` or `(`. The arguments
of tool calls are not checked. An invented key in a real format is reported, because nothing in the text distinguishes
it from a real one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.api import (
    Fix,
    Hit,
    Options,
    Severity,
    Turns,
    listed,
    passing,
    redact,
    rule,
)
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.spans.offsets import MOVES, moves_places
from datalint.rules.common.texts.placeholders import without_values
from datalint.rules.common.texts.sensitive import secret_signs, secrets

if TYPE_CHECKING:
    from datalint.privacy.spans import PrivateSpan

#: Secrets that one message names.
_SHOWN: Final = 3
#: The kind of what is assigned to a name, and where a value is the sample input of an exercise: "input: password = ".
_ASSIGNED: Final = "assigned secret"
_SAMPLE: Final = r"(?i)\binput\s*:\s*\w+\s*[=:]\s*[\"']?$"
#: Where a value is encrypted by its name, and no secret: "encrypted_password = ", "encPwd: ". An `enc_key` encrypts.
_ENCRYPTED: Final = (
    r"(?i)(?<![a-z])(?:encrypted[_ -]?\w{0,20}|enc[_ -]?(?:password|passwd|pwd|pass|data|text|message|msg)"
    r"|cipher[_ -]?text)[\"']?\s{0,3}[:=]{1,2}\s{0,3}b?[\"']?$"
)
_REACH: Final = 60
#: A path, characters before a secret in which the last one is looked for, and folders whose keys open nothing.
_PATH: Final = r"[\w.@~-]{0,60}(?:[/\\][\w.@-]{1,60}){1,20}"
_FURTHEST: Final = 300
#: The last lines of a doctest, up to a value that it prints.
_PRINTED: Final = r"(?m)^[ \t]*>>> [^\n]+\n(?![ \t]*>>> )(?:[ \t]*[^\s>][^\n]*\n)*[^\n]*\Z"
#: Addresses, and hosts of which nobody can have a key: RFC 2606 and RFC 6761, and placeholders of manuals.
_ADDRESS: Final = r"https?://([\w.-]{1,100})"
_PLACEHOLDER: Final = (
    r"(?i)(?:^|\.)example(?:\.|$)|(?:^|\.)(?:your|my)?domain\.[a-z]+$|\.(?:tld|test|invalid|localhost)$"
)
_DOCTEST: Final = 2_000
_TRIED: Final = frozenset("test tests testing testdata example examples fixture fixtures sample samples".split())
#: What a prompt says that trains how a model deals with secrets, which are made up there: what to do, and with what.
_HIDE: Final = r"\b(?:refus\w*|declin\w*|redact\w*|mask\w*|withhold|never (?:reveal|repeat|disclose|print|share|output)|(?:do not|don['’]t) (?:reveal|repeat|disclose|print|share|output|leak))"
_HIDDEN: Final = r"\b(?:passwords?|credentials?|secrets?|api[ _-]keys?|access tokens?|PII)\b"
_EXERCISE: Final = lazy_pattern(rf"(?i){_HIDE}\b[^.\n]{{0,120}}{_HIDDEN}|{_HIDDEN}[^.\n]{{0,120}}{_HIDE}\b")
_ASKS: Final = 20_000
#: The header of a JSON Web Token without a signature: `{"alg":"none"`.
_UNSIGNED: Final = r"eyJ(?:hbGciOiJub25l|hbGciOiAibm9uZS)"


@rule(
    "QUA023",
    "secret",
    severity=Severity.ERROR,
    since="0.1",
    tags={"security"},
    fix=Fix.edit(safe=False),
)
def secret(turns: Turns, options: Options) -> pl.Expr:
    """Find texts that may hold a secret; the exact formats are checked one by one."""
    signs = secret_signs()
    text = turns.text

    def tailed(left: pl.Expr) -> pl.Expr:
        return passing(left.str.contains(signs.tail), left, lambda fewer: _has_any(fewer, signs.tailed))

    def signed(left: pl.Expr) -> pl.Expr:
        return _has_any(left, signs.valued) | tailed(left)

    return text.str.contains(signs.words) | passing(text.str.contains(signs.either), text, signed)


def _has_any(text: pl.Expr, lists: list[list[str]]) -> pl.Expr:
    return pl.any_horizontal(map(text.str.contains_any, lists))


@secret.detail
def _word(row: dict[str, Any], options: Options) -> Hit | None:
    text = row["text"]
    found = _leaked(text)
    if not found:
        return None
    counts = Counter(f"{item.kind} {redact(text[item.start : item.end])}" for item in found)
    several = [said if count == 1 else f"{said} ({count:,} times)" for said, count in counts.items()]
    named = listed(several, len(several), _SHOWN)
    stays = moves_places(row, _redacted(row, options))
    tried = all(_is_tried(text[max(item.start - _FURTHEST, 0) : item.start]) for item in found)
    severity = Severity.WARNING if tried or (row["is_prompt"] and _is_exercise(row)) else None
    return Hit(named + MOVES * stays, severity=severity, fixable=not stays)


@secret.repair
def _redacted(row: dict[str, Any], options: Options) -> str:
    """Put the kind of each secret in its place."""
    return without_values(row["text"], ((item.kind, item.start, item.end) for item in _leaked(row["text"])))


def _leaked(text: str) -> list[PrivateSpan]:
    """Return the secrets of a text but sample inputs of exercises, encrypted values, and tokens that nobody signed."""
    return [
        item
        for item in secrets(text)
        if (item.kind != _ASSIGNED or not _is_harmless(text[max(item.start - _DOCTEST, 0) : item.start]))
        and not re.match(_UNSIGNED, text[item.start : item.end])
    ]


def _is_harmless(before: str) -> bool:
    """Whether a value that is assigned is a sample input, encrypted or printed by a doctest, by what is before it."""
    near = before[-_REACH:]
    if any(re.search(pattern, near) is not None for pattern in (_SAMPLE, _ENCRYPTED)):
        return True
    start = before.rfind(">>> ")
    line = before.rfind("\n", 0, start) + 1
    return start >= 0 and re.search(_PRINTED, before[line:]) is not None


def _is_exercise(row: dict[str, Any]) -> bool:
    """Whether the prompts of a row say how to deal with secrets, so that these may be made up for it."""
    said = (row["system"], row["prompt"], row["text"])
    return any(_EXERCISE.search(each[:_ASKS]) is not None for each in said)


def _is_tried(before: str) -> bool:
    """Whether a secret stands in a file of tests or examples, or is for no real host, by what is before it."""
    hosts = re.findall(_ADDRESS, before)
    if hosts and re.search(_PLACEHOLDER, hosts[-1].rstrip(".")) is not None:
        return True
    paths = re.findall(_PATH, before)
    return bool(paths) and not _TRIED.isdisjoint(re.split(r"[/\\]", paths[-1].lower())[:-1])
