"""Ids of rows that were made of other rows, and which of them are taken for these."""

from __future__ import annotations

import pytest

from datalint.fixes.groups import key_numbers
from datalint.records.base_ids import base_id
from datalint.sources.readers.memory import from_object


@pytest.mark.parametrize(
    ("value", "base"),
    [
        *((f"30{suffix}", "30") for suffix in ("_aug1", "-aug2", ".aug", "_para3", "_bt1", "_syn-2", "_VARIANT_4")),
        ("a-7_paraphrased_bt12", "a-7"),
        ("x back-translation", "x"),
        *(
            (value, value)
            for value in ("30", "30aug1", "_aug1", "aug", "30_part1", "30_august", "30_aug1_b", "copycat", "")
        ),
        (f"{'x_aug1' * 9}_aug1", "x_aug1" * 8 + "x"),
    ],
)
def test_the_suffix_of_a_row_that_was_made_of_another_one_is_left_out(value: str, base: str) -> None:
    assert base_id(value) == base


def test_a_split_keeps_such_rows_together_if_several_ids_have_them() -> None:
    ids = ["1", "1_aug1", "2", "2_aug1", "3_para1", "3_para2", "4_aug1", None]
    source = from_object([{"prompt": "a", "id": each} for each in ids])
    numbers = key_numbers([source], "id").tolist()
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3] != numbers[4] == numbers[5] != numbers[6]
    assert numbers[7] == -1
    few = key_numbers([from_object([{"prompt": "a", "id": each} for each in ids[:4]])], "id").tolist()
    assert len({*few}) == 4
