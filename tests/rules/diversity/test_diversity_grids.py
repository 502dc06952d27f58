"""Results of an experiment that tries each prompt in several ways."""

from __future__ import annotations

from itertools import product

import datalint
from datalint.core.finding import Finding


def cells(answer: str, same: int) -> list[dict[str, object]]:
    """Return a row for each of 5 prompts, 3 levels and 4 strategies; ``same`` rows have the answer of another one."""
    rows: list[dict[str, object]] = []
    for place, (n, level, strategy) in enumerate(product(range(5), "abc", ("short", "long", "plain", "list"))):
        said = answer.format(n=n, way="the first one" if place < same else f"{level} {strategy}")
        rows.append({"prompt": f"What is seen at pier {n}?", "completion": said, "level": level, "strategy": strategy})
    return rows


def found(rows: list[dict[str, object]], rule: str = "DIV002") -> list[Finding]:
    return list(datalint.lint(rows, config={"select": [rule]}).findings)


def test_equal_answers_of_two_ways_are_one_note() -> None:
    [note] = found(cells("A boat of {n} tons, in the way of {way}.", 6))
    assert note.severity == "info"
    assert "5 rows repeat the texts of another one, but 'level', 'strategy' differ" in note.message


def test_rows_that_are_mostly_copies_or_have_no_grid_are_reported() -> None:
    assert {each.severity for each in found(cells("A boat of {n} tons.", 0))} == {"warning"}
    rows = cells("A boat of {n} tons, in the way of {way}.", 6)
    twice = [*rows, *(row | {"strategy": "short"} for row in rows[4:8])]
    assert any(each.severity == "warning" for each in found(twice))
    two = [row for row in rows if row["level"] == "a" and row["strategy"] in ("short", "long")]
    assert [each.severity for each in found(two)] == ["warning"]
    wide = [row | {f"key_{number}": "no" for number in range(100)} for row in rows]
    assert {each.severity for each in found(wide)} == {"warning"}


NEARLY = "A boat of {n} tons lies at the old pier near the harbour, and nobody has seen who came with it"


def test_nearly_equal_answers_of_two_ways_are_one_note() -> None:
    rows = [
        row | ({"completion": f"{NEARLY} {word} night."} if place < 6 else {})
        for place, (row, word) in enumerate(zip(cells("{n}: {way}", 0), ["last", "in the", "that"] * 20, strict=True))
    ]
    [note] = found(rows, "DIV003")
    assert note.severity == "info"
    assert "have nearly the answer of another row to the same prompt, but 'strategy' differs" in note.message
    plain = [{key: value for key, value in row.items() if key not in ("level", "strategy")} for row in rows]
    assert "warning" in {each.severity for each in found(plain, "DIV003")}


def answers(models: tuple[str, ...], same: int) -> list[dict[str, object]]:
    """Return a row of each model for each of 12 items; of the first ``same``, two models say the same."""
    return [
        {
            "item_id": f"item-{n}",
            "model": model,
            "prompt": f"What is seen at pier {n}?",
            "completion": f"A boat of {n} tons" + (f", as {model} says" if n >= same or place > 1 else ""),
        }
        for n in range(12)
        for place, model in enumerate(models)
    ]


def test_equal_answers_of_two_models_to_each_prompt_are_one_note() -> None:
    [note] = found(answers(("swan", "heron", "gull"), 2))
    assert note.severity == "info"
    assert "2 rows repeat the texts of another one, but 'model' differs" in note.message
    others = [row for place, row in enumerate(answers(("swan", "heron", "gull"), 2)) if place % 5]
    assert "warning" in {each.severity for each in found(others)}
    assert {each.severity for each in found(answers(("swan", "heron"), 12))} == {"warning"}
