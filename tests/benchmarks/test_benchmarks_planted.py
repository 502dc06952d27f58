"""Planted defects: the table keeps what it promises, and a defect is planted in real rows and counted."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from datalint.core.registry import Registry
from datalint.testing import sentence

sys.path.append(str(Path(__file__).parents[2]))

from benchmarks.accuracy.carriers import Carriers, carriers
from benchmarks.accuracy.planted import Count, Size, measure, read, write
from benchmarks.accuracy.plants import PLANTS
from benchmarks.accuracy.plants.kinds import Level, Plant

REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.code: rule for rule in REGISTRY}


def test_the_table_is_of_the_variants_that_there_are() -> None:
    table = read()
    planted = {(plant.rule, plant.level.value, plant.name) for plant in PLANTS}
    assert {each[:3] for each in table} == planted
    assert len(table) == len(PLANTS)
    assert {plant.rule for plant in PLANTS} <= set(RULES)


def test_a_rule_has_variants_of_each_level_and_keeps_the_goals() -> None:
    table = read()
    for code in sorted({plant.rule for plant in PLANTS}):
        counts = [count for count in table if count.rule == code]
        assert Counter(count.level for count in counts).keys() == {level.value for level in Level}, code
        assert len(counts) >= 3, code
        total = {
            level: [
                sum(getattr(each, key) for each in counts if each.level == level) for key in ("reported", "planted")
            ]
            for level in Level
        }
        assert all(planted for _, planted in total.values()), code
        assert total[Level.OBVIOUS][0] == total[Level.OBVIOUS][1], code
        assert total[Level.SUBTLE][0] >= 0.95 * total[Level.SUBTLE][1], code
        assert total[Level.NEAR][0] == 0, code


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Carriers:
    folder = tmp_path_factory.mktemp("carriers")
    texts = [sentence(number) for number in range(160)]
    ask = [{"role": "user", "content": f"Tell me about it: {texts[0]}"}]
    function = {"name": "look", "arguments": json.dumps({"city": "Rome"})}
    tools = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]
    called = [
        *ask,
        {"role": "assistant", "tool_calls": [{"id": "a1", "type": "function", "function": function}]},
        {"role": "tool", "content": "found"},
        {"role": "assistant", "content": texts[1]},
    ]
    made = [
        *({"instruction": f"Explain: {text}", "output": f"{text} {text[::-1]}"} for text in texts),
        {"text": texts[2] * 2},
        {"prompt": texts[3], "chosen": texts[4] * 2, "rejected": texts[5] * 2},
        {"messages": called, "tools": tools},
        {"messages": "no list"},
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in made) + "no JSON\n", encoding="utf-8")
    (folder / "one.json").write_text(json.dumps(made[:3]), encoding="utf-8")
    return carriers([folder])


def test_rows_become_carriers(rows: Carriers) -> None:
    assert len(rows.talks) == 160
    assert rows.talks[0].prompt.startswith("Explain: ")
    assert len(rows.texts) == len(rows.preferences) == len(rows.calls) == 1
    assert rows.call(0)["messages"][2] == {"role": "tool", "tool_call_id": "a1", "content": "found"}


@pytest.mark.parametrize("code", ["FMT309", "RDY003"])
def test_planted_defects_are_counted(rows: Carriers, code: str) -> None:
    missed: list[tuple[str, object]] = []

    def note(plant: Plant, place: object) -> None:
        missed.append((plant.name, place))

    mine = [next(plant for plant in PLANTS if plant.rule == code and plant.level is level) for level in Level]
    counts = [*measure(rows, RULES[code], mine, note, Size(1, 1, 5, 3))]
    assert [count[:3] for count in counts] == [(code, plant.level.value, plant.name) for plant in mine]
    for count in counts:
        assert count.planted
        assert count.reported == (0 if count.level == Level.NEAR else count.planted)
    assert missed == []


def test_folders_without_a_kind_of_row_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="conversations, plain texts"):
        carriers([tmp_path])


def test_counts_of_a_rule_replace_those_before(tmp_path: Path) -> None:
    table = tmp_path / "planted.tsv"
    write([Count("QUA002", "obvious", "empty", 20, 19), Count("QUA001", "near-miss", "a digit", 20, 0)], table)
    write([Count("QUA002", "subtle", "a space", 20, 20)], table)
    assert read(table) == [Count("QUA001", "near-miss", "a digit", 20, 0), Count("QUA002", "subtle", "a space", 20, 20)]
