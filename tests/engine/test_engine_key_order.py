"""Messages name the keys first that say most about what a row is."""

from __future__ import annotations

from datalint.engine.guesses.key_order import texts_first

LICENCE = "A licence that is as long as any text of the rows, and is the same in all of them"


def test_texts_precede_what_all_rows_have_alike() -> None:
    rows = [{"licence": LICENCE} | dict.fromkeys("abcde", n) | {"said": f"Dock {n} is shut"} for n in range(9)]
    assert texts_first([*rows[0]], rows)[0] == "said"


def test_a_text_precedes_its_copies() -> None:
    row = {"s.words": ["Dock", "is", "shut"], "s": "Dock is shut ", "r": "Not now ", "x.y": "a b c "}
    rows = [{key: value * n for key, value in row.items()} | dict.fromkeys("abc", n) for n in (7, 8, 9)]
    assert texts_first([*rows[0]], rows) == ("s", "r", "x.y", "a", "b", "c", "s.words")


def test_texts_of_about_one_length_keep_their_order() -> None:
    rows = [
        {"id": f"r{n}", "one": "Dock is shut", "two": "Dock is shut again", "note": "Boats wait at the gate " * 9}
        | dict.fromkeys("abc", n)
        for n in range(9)
    ]
    rows = [row | {key: f"{row[key]} {n}" for key in ("one", "two", "note")} for n, row in enumerate(rows)]
    assert texts_first([*rows[0]], rows) == ("note", "one", "two", "id", "a", "b", "c")
