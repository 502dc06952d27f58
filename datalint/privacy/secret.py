"""Secrets in a text: keys, tokens and passwords that have a published format and are no placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from datalint.privacy.spans import Found, apart, compiled

#: What a text with a secret holds, for the Rust engine: literal beginnings, so that it runs at memory speed; or what
#: any assignment ends in, and, for the texts that have one, a name of secrets before it.
SECRET_SIGNS: Final = (
    r"(?:AKIA|ASIA)[A-Z2-7]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50}|glpat-[A-Za-z0-9_-]{20}"
    r"|sk-[A-Za-z0-9_-]{24}|hf_[A-Za-z0-9]{30}|AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{28}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com/services/T|[sr]k_live_[A-Za-z0-9]{16}"
    r"|SG\.[A-Za-z0-9_-]{22}\.|npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{50}|gsk_[A-Za-z0-9]{40}"
    r"|AccountKey=[A-Za-z0-9+/]{80}|eyJ[A-Za-z0-9_-]{8,250}\.eyJ|PRIVATE KEY(?: BLOCK)?-----"
    r"|://[^\s/:@]{1,64}:[^\s/:@]{8,64}@[A-Za-z0-9]|[Bb]earer [A-Za-z0-9._~+/-]{20}"
)
SECRET_VALUE: Final = r"[:=>]\s{0,3}[\"'`]?[A-Za-z0-9+/_.=-]{16}"
SECRET_ASSIGNED: Final = (
    r"(?:[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD)[A-Za-z_]{0,12}[\"'`]?"
    r"\s{0,3}(?::=|=>|[:=])\s{0,3}[\"'`]?[A-Za-z0-9+/_.=-]{16}"
)


class _Format(NamedTuple):
    """One of ``markers`` is in every text with such a secret, and so is ``core``: both are quick to look for."""

    kind: str
    markers: tuple[str, ...]
    pattern: str
    core: str = ""


_START: Final = r"(?<![A-Za-z0-9])"
_END: Final = r"(?![A-Za-z0-9])"
_FORMATS: Final = (
    _Format("AWS access key", ("AKIA", "ASIA"), rf"{_START}(?:AKIA|ASIA)[A-Z2-7]{{16}}{_END}"),
    _Format(
        "GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        rf"{_START}(?:gh[pousr]_\w{{36,251}}|github_pat_\w{{50,90}})",
    ),
    _Format("GitLab token", ("glpat-",), rf"{_START}glpat-[\w-]{{20,64}}"),
    _Format("Anthropic key", ("sk-ant-",), rf"{_START}sk-ant-[a-z0-9]{{3,10}}-[\w-]{{20,128}}"),
    _Format("OpenAI key", ("sk-",), rf"{_START}sk-(?:proj-|svcacct-|admin-)[\w-]{{20,200}}"),
    _Format("API key", ("sk-",), rf"{_START}sk-(?:or-v1-)?[A-Za-z0-9]{{32,80}}(?![\w-])"),
    _Format("Hugging Face token", ("hf_",), rf"{_START}hf_[A-Za-z0-9]{{30,40}}(?!\w)"),
    _Format("Google API key", ("AIza",), rf"{_START}AIza[\w-]{{35}}(?![\w-])"),
    _Format("Google client secret", ("GOCSPX-",), rf"{_START}GOCSPX-[\w-]{{28}}(?![\w-])"),
    _Format("Slack token", ("xox",), rf"{_START}xox[abeoprs]-[A-Za-z0-9-]{{10,250}}"),
    _Format("Slack webhook", ("hooks.slack.com",), r"hooks\.slack\.com/services/T\w{6,12}/B\w{6,12}/\w{20,28}"),
    _Format("Stripe key", ("k_live_",), rf"{_START}[sr]k_live_[A-Za-z0-9]{{16,128}}"),
    _Format("SendGrid key", ("SG.",), rf"{_START}SG\.[\w-]{{22}}\.[\w-]{{43}}"),
    _Format("npm token", ("npm_",), rf"{_START}npm_[A-Za-z0-9]{{36}}{_END}"),
    _Format("PyPI token", ("pypi-AgE",), rf"{_START}pypi-AgE[\w-]{{50,250}}"),
    _Format("Groq key", ("gsk_",), rf"{_START}gsk_[A-Za-z0-9]{{40,64}}{_END}"),
    _Format("Azure storage key", ("AccountKey=",), r"AccountKey=(?P<value>[A-Za-z0-9+/]{80,88}={0,2})"),
    _Format(
        "JSON web token",
        (".eyJ",),
        r"(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{16,1400}",
    ),
    _Format(
        "password in a URL",
        ("://",),
        r"(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,64}:(?P<value>[^\s/:@]{8,64})@[A-Za-z0-9]",
        r"://[^\s/:@]{1,64}:[^\s/:@]{8,64}@",
    ),
    _Format(
        "bearer token",
        ("earer ",),
        r"[Bb]earer (?P<value>[A-Za-z0-9._~+/-]{20,200})(?![A-Za-z0-9._~+/-])",
    ),
    _Format(
        "assigned secret",
        ("key", "Key", "KEY", "oken", "OKEN", "ecret", "ECRET", "assword", "ASSWORD"),
        r"(?P<name>[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD)[A-Za-z_]{0,12}[\"'`]?"
        r"\s{0,3}(?::=|=>|[:=])\s{0,3}[\"'`]?(?P<value>[A-Za-z0-9+/_.=-]{16,200})(?![A-Za-z0-9(])",
        SECRET_VALUE,
    ),
)
#: Formats that any string could have, so that only a random-looking value counts.
_JUDGED: Final = frozenset(("password in a URL", "bearer token", "assigned secret"))
#: "key" and "token" alone name database keys and pages; with one of these before them they name a secret.
_OWNER: Final = (
    r"(?i)(?:api|access|secret|auth|private|client|encryption|signing|account|master|bearer|refresh|session|app)"
    r"[ _.-]?$"
)
_PLACEHOLDER: Final = (
    r"(?i)example|sample|dummy|fake|placeholder|your|change.?me|redacted|x{4}|\*{3}|\.{3}|0{8}|1{8}"
    r"|eyJzdWIiOiIxMjM0NTY3ODkwIiwi"
)
_WORDS: Final = r"(?i)secret|password|token|key|test|demo|abcde|12345|insecure"

_KEY_HEAD: Final = r"-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
_KEY_TAIL: Final = r"-----END (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
#: Characters of a private key between its marker lines.
_LONGEST_KEY: Final = 20_000

#: One of these is in every text with such a secret.
MARKERS: Final = tuple(dict.fromkeys(marker for each in _FORMATS for marker in each.markers))


def secrets(text: str) -> list[Found]:
    """Return the secrets in ``text``, in order, none overlapping another."""
    return apart([*_private_keys(text), *_formatted(text)])


def _formatted(text: str) -> Iterator[Found]:
    held = {marker for marker in MARKERS if marker in text}
    if not held:
        return
    for kind, markers, pattern, core in _FORMATS:
        if held.isdisjoint(markers) or (core and compiled(core).search(text) is None):
            continue
        for match in compiled(pattern).finditer(text):
            group = "value" if "value" in match.re.groupindex else 0
            value = match[group]
            if compiled(_PLACEHOLDER).search(value) or len(set(value)) < 8:
                continue
            if kind in _JUDGED and not (_looks_random(value) and _named(match, text)):
                continue
            yield Found(kind, *match.span(group))


def _named(match: re.Match[str], text: str) -> bool:
    if "name" not in match.re.groupindex or match["name"].lower() not in ("key", "token"):
        return True
    return compiled(_OWNER).search(text[max(match.start() - 16, 0) : match.start()]) is not None


def _looks_random(value: str) -> bool:
    """Tell a generated value from words: letters and digits change places at least three times."""
    if compiled(_WORDS).search(value) or value.isdigit():
        return False
    kinds = [char.isdigit() for char in value if char.isalnum()]
    return sum(a != b for a, b in pairwise(kinds)) >= 3


def _private_keys(text: str) -> Iterator[Found]:
    if "PRIVATE KEY" not in text:
        return
    done = 0
    tails = compiled(_KEY_TAIL).finditer(text)
    tail = next(tails, None)
    for head in compiled(_KEY_HEAD).finditer(text):
        # The first tail after an earlier head, so that what is between two heads is searched once.
        while tail is not None and tail.start() < head.end():
            tail = next(tails, None)
        closed = tail is not None and tail.end() <= head.end() + _LONGEST_KEY
        end = tail.end() if tail is not None and closed else min(len(text), head.end() + 4_000)
        # Prose about keys shows the marker lines alone, or with an ellipsis between them.
        if compiled(r"[A-Za-z0-9+/=]{40}").search(text, head.end(), min(end, head.end() + 400)):
            yield Found("private key", head.start(), end)
        done = max(done, end)
    if done == 0 and tail is not None:
        before = text[max(0, tail.start() - _LONGEST_KEY) : tail.start()]
        # The end of what precedes the body: from its own beginning on, a search would try every place after it.
        begin = max((match.end() for match in compiled(r"[^A-Za-z0-9+/=\s\\]").finditer(before)), default=0)
        if len(before) - begin >= 40:
            yield Found("private key", tail.start() - len(before) + begin, tail.end())
