r"""A text holds a key, token or private key.

## What it does
Looks in every turn for credentials in their published formats (AWS, GitHub, GitLab, OpenAI, Anthropic, Hugging Face,
Google, Slack, Stripe, SendGrid, npm, PyPI, Groq, Azure storage, JSON web tokens, PEM private keys), for passwords in
URLs, and for random-looking values that are assigned to `api_key`, `client_secret` and the like.
Values that call themselves an example, `xxxx` and `your-api-key` are not secrets.

## Why it matters
A model can be made to recite its training data, and the file itself travels: to a provider, to colleagues, to a hub.
A leaked key works for whoever finds it.

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
A secret without a format (a plain password, a bare hexadecimal string) is not told from other words. The arguments of
tool calls are not looked at. A made-up key in a real format is reported: nothing in the text tells it from a live one.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Options, Severity, Turns, redact, rule
from datalint.privacy.secret import SECRET_ASSIGNED, SECRET_SIGNS, SECRET_VALUE, secrets
from datalint.rules.quality._turns import passing

#: Secrets that one message names.
_SHOWN = 3


@rule("QUA023", "secret", severity=Severity.ERROR, since="0.1")
def secret(turns: Turns, options: Options) -> pl.Expr:
    """Find texts with what every secret holds; the exact formats are checked one by one."""
    value = turns.text.str.contains(SECRET_VALUE)
    assigned = passing(value, turns.text, lambda text: text.str.contains(SECRET_ASSIGNED))
    return turns.text.str.contains(SECRET_SIGNS) | assigned


@secret.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    text = row["text"]
    found = secrets(text)
    if not found:
        return None
    named = ", ".join(f"{item.kind} {redact(text[item.start : item.end])}" for item in found[:_SHOWN])
    return f"{named} and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else named
