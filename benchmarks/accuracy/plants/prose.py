"""Real texts in prose, and changes of them."""

from __future__ import annotations

import re
from typing import Final

from benchmarks.accuracy.carriers import Talk


def prose(value: str) -> bool:
    """Return whether a text is English prose of some length, without code, tables and lists."""
    return (
        len(value) > 150
        and sum(c.isascii() and (c.isalpha() or c in " ,.") for c in value) > 0.9 * len(value)
        and not re.search(r"[`{}<>|=_]|(?i:web ?site)|^\s*[-*#\d]|^\s*(?:Input|Output):", value, re.MULTILINE)
    )


def cut(pattern: str, tail: str = "") -> object:
    """Return a change that cuts prose behind the last match that leaves 200 characters or more."""

    def change(value: str) -> str | None:
        ends = [match.end() for match in re.finditer(pattern, value) if 200 <= match.end() < len(value) - 20]
        return value[: ends[-1]] + tail if prose(value) and ends else None

    return change


def in_prose(change: object) -> object:
    return lambda value: change(value) if prose(value) else None  # type: ignore[operator]


def amid(piece: str) -> object:
    """Return a change that puts something behind the first sentence of prose."""

    def change(value: str) -> str | None:
        head, dot, rest = value.partition(". ")
        return f"{head}{dot}{piece} {rest}" if prose(value) and rest else None

    return change


def in_a_word(piece: str) -> object:
    """Return a change that puts something inside the first long word."""
    return lambda value: re.sub(r"([a-z]{3})([a-z]{3})", rf"\1{piece}\2", value, count=1) if prose(value) else None


def mojibake(encoding: str, sample: str) -> object:
    """Return a change that adds a sentence which was read in the wrong encoding."""
    return amid(f" {sample.encode().decode(encoding, errors='ignore')}")


def breaks(written: str, most: int = -1) -> object:
    """Return a change that writes the breaks between sentences out."""

    def change(value: str) -> str | None:
        flat = " ".join(value.split())
        return flat.replace(". ", written, most) if prose(value) and flat.count(". ") > 1 else None

    return change


LOOP: Final = "and then the next step is to repeat the same step once more, "
#: Prompts that ask for a text in words, which no word for a missing value answers.
OPEN: Final = (
    r"(?i)^\W*(?:can you |please )?(?:explain|describe|write|create|compose|tell me(?! who)|how (?!many|much)|why)\b"
    r"|介绍|解释|为什么|写一"
)
#: Prompts that may want what is planted: letters to fill in, templates, code, markup, languages, who the model is.
WANTS: Final = (
    r"(?i)letter|mail|\bai\b|template|placeholder|form\b|format|how to|how (?:do|can|should|would|could)|cook|bake"
    r"|options|positive|script|speech|message|post|code|python|html|css|java|\btag|function|quot|image|language|translat|fill"
    r"|task|plan|name|who are|model|trained|capital|title|headline|dialog|conversation|chat|interview|role|act as|play"
    r"|question|phrase|write|example|poem|song|lyric|recipe|routine|steps|food|game|solve|calculat|dance|instruction"
    r"|end with"
)


def asked(change: object) -> object:
    """Return a change of exchanges that ask for an answer in words."""

    def apply(talk: Talk) -> Talk | None:
        fits = len(talk.turns) < 4 and re.search(OPEN, talk.prompt) and not re.search(r"(?i)none|null|n/a", talk.prompt)
        return change(talk) if fits else None  # type: ignore[operator]

    return apply


def plain(change: object) -> object:
    """Return a change of an answer in prose to prompts that do not want what is planted."""

    def apply(talk: Talk) -> Talk | None:
        asked = [text for role, text in talk.turns if role != "assistant"]
        fits = prose(talk.answer) and not any(re.search(WANTS, text) or not text.isascii() for text in asked)
        return talk.with_answer(change(talk.answer)) if fits and change(talk.answer) else None  # type: ignore[operator]

    return apply


def says(before: str = "", after: str = "") -> object:
    """Return a change that says something before or after an answer in prose."""
    return plain(lambda value: f"{before}{value}{after}")
