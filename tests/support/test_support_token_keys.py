"""Which tagged sentences repeat by nature."""

from __future__ import annotations

import pytest

from datalint.support.names.token_keys import LAYERS, is_formula


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        ("Reported by Ann Fox , Bern .", "O O B-PER I-PER O B-LOC O", True),
        ("Reported to us by Ann Fox , Bern .", "O O O O B-PER I-PER O B-LOC O", False),
        ("This takes effect on the day of its notice .", "O O O O O O O O O O", True),
        ("This takes effect on the day of its notice in the north .", "O O O O O O O O O O O O O", False),
        ("Ann Fox ( North ) : I thank the chair .", "B-PER I-PER O B-ORG O O O O O O O", True),
        ("It is : I thank the chair of North .", "O O O O O O O O B-ORG O", False),
        ("此 件 由 本 院 在 北 京 公 告 。", "O O O O O O B-LOC I-LOC O O O", True),
        ("此 件 由 本 院 在 北 京 公 告 并 送 达 。", "O O O O O O B-LOC I-LOC O O O O O O", False),
    ],
)
def test_a_formula_has_few_words(words: str, tags: str, expected: bool) -> None:
    row = {"tokens": words.split(), "ner_tags": tags.split()}

    assert is_formula(row) is expected


def test_a_layer_of_tags_may_name_something() -> None:
    words = "This takes effect on the day of its notice .".split()
    row = {"tokens": words, "ner_tags": ["O"] * 10, LAYERS: [[*["O"] * 9, "B-DATE"]]}

    assert not is_formula(row)
