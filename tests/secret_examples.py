"""Synthetic secrets, made from the formats themselves: one for each, the same in every run."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import NamedTuple

from datalint.privacy import gitleaks_formats, own_formats
from datalint.privacy.go_regex import parse_go_regex
from datalint.privacy.regex_tree import CaptureGroup, Chars, Edge, Node, Repeat
from datalint.privacy.secret import secrets
from datalint.privacy.secret_format import SecretFormat

FORMATS: tuple[SecretFormat, ...] = (*gitleaks_formats.FORMATS, *own_formats.FORMATS)


class Example(NamedTuple):
    """A text that is recognised as a secret, and the secret in it."""

    format: SecretFormat
    text: str
    value: str


@cache
def examples() -> list[Example]:
    """Return an example of each format."""
    return [example(known) for known in FORMATS]


def example(known: SecretFormat, seed: int = 0) -> Example:
    """Return a text with a secret in a format, and with a marker where the secret itself has none."""
    rng = random.Random(f"{known.id} {seed}")
    for _ in range(1_000):
        text = sample(parse_go_regex(known.pattern), rng)
        match = re.fullmatch(known.pattern, text, re.ASCII)
        assert match is not None, (known.pattern, text)
        value = match["value" if "value" in match.re.groupindex else 0]
        if not any(marker in text for marker in known.markers):
            text = f"{known.markers[0]} {text}"
        # Few random texts look like placeholders, or have too little entropy.
        if secrets(text):
            return Example(known, text, value)
    raise AssertionError(f"no secret has the format {known.id}")


def sample(node: Node, rng: random.Random) -> str:
    """Return a random text that a pattern's tree matches."""
    if isinstance(node, Chars):
        return rng.choice(sorted(node.chars))
    if isinstance(node, Repeat):
        most = min(node.least + rng.choice((2, 20)), 1_000 if node.most is None else node.most)
        return "".join(sample(node.node, rng) for _ in range(rng.randint(node.least, most)))
    if isinstance(node, CaptureGroup):
        return "".join(sample(part, rng) for part in rng.choice(node.branches))
    assert isinstance(node, Edge)
    return ""
