"""Lines of plain texts that may be pairs: a note says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint

ENGLISH = "The dock of {} is full, and you have to wait with your boat."
GERMAN = "Die Anlegestelle {} ist voll, und ihr müsst mit eurem Boot warten."
SPANISH = "El muelle {} está lleno, y los barcos esperan por una hora."


def notes(path: Path, lines: list[str]) -> str:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return "\n".join(lint(path, eval=False, config={"select": ["FMT"]}).notes)


@pytest.mark.parametrize(
    ("lines", "there"),
    [
        ((ENGLISH, GERMAN), True),
        ((GERMAN, "Kai {}", ENGLISH, "Pier {}"), False),
        ((GERMAN, GERMAN), False),
        ((GERMAN, GERMAN, ENGLISH), False),
        ((GERMAN, GERMAN, ENGLISH, SPANISH), False),
    ],
)
def test_two_languages_in_turn_are_noted(tmp_path: Path, lines: tuple[str, ...], *, there: bool) -> None:
    said = notes(tmp_path / "a.txt", [line.format(n) for n in range(30) for line in lines])
    assert ("in two languages in turn (en and de)" in said) is there


@pytest.mark.parametrize(
    ("line", "there"), [("{}号码头 码头", True), ("{}号码头", False), ("dock {}", False), ("{} 号 码头", False)]
)
def test_two_words_of_a_script_without_spaces_are_noted(tmp_path: Path, line: str, *, there: bool) -> None:
    said = notes(tmp_path / "a.txt", [line.format("甲乙丙丁"[n % 4] + "东南西北中"[n % 5]) for n in range(60)])
    assert ("each line is two words with a blank between them" in said) is there
