"""The plain repair of mojibake gives what ftfy gives."""

from __future__ import annotations

import random

from ftfy import fix_encoding

from datalint.rules.common.characters.emoji_pages import _PAGES, LITERALS, _first
from datalint.rules.common.characters.stretch_repair import _PLAIN, repaired_stretch

TRACES = [*(f"Ã{chr(code)}" for code in range(0xA0, 0xC0)), *(f"â€{sign}" for sign in "˜™œ“”¦•\x9d"), "é", "’"]
ASCII = [*map(chr, range(128)), *"abcdefgh .  "]


def test_plain_repairs_are_those_of_ftfy() -> None:
    rng = random.Random(7)
    lines = [before + trace + after for trace in TRACES for before in ("", "a", "Z ", "\n") for after in ("", "b", ".")]
    lines += ["".join(rng.choices(rng.choice((TRACES, ASCII, ASCII)), k=1)[0] for _ in range(8)) for _ in range(3000)]
    plain = [line for line in lines if _PLAIN.fullmatch(line) and not line.isascii()]
    assert len(plain) > 500
    assert [repaired_stretch(line) for line in plain] == [fix_encoding(line) for line in plain]


def test_the_beginnings_of_emoji_are_those_of_the_code_pages() -> None:
    assert sorted({beginning for page in _PAGES for beginning in _first(page)}) == list(LITERALS)
