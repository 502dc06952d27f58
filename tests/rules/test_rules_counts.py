"""Numbers of findings are those of the rows, however many rows have one: no bound on memory becomes the number."""

from __future__ import annotations

import re

import pytest

from datalint.core.registry import Registry
from datalint.support.varied import vary
from datalint.testing import run_rule

REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.name: rule for rule in REGISTRY}

#: What is counted: the rule, usual rows and how many there are, odd rows and how many, all of which are found.
FOUND = {
    "tags and tokens": (
        "tag-count-mismatch",
        ('{"tokens": ["Ask", "Anna", "{w}"], "ner_tags": ["O", "PERSON", "O"]}', 1_100),
        ('{"tokens": ["In", "Oslo", "{w}"], "ner_tags": ["O", "PLACE"]}', 1_050),
    ),
}  # fmt: skip
#: Likewise, where one finding says the number.
SAID = {
    "tags that continue nothing": (
        "invalid-tag",
        ('{"tokens": ["Ask", "Anna", "{w}"], "ner_tags": ["O", "B-PER", "O"]}', 20_200),
        ('{"tokens": ["In", "Oslo", "{w}"], "ner_tags": ["O", "I-LOC", "O"]}', 10_050),
        "10,050 tags continue no entity of their type in 10,050 rows",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_all_rows_are_found(name: str) -> None:
    rule, usual, odd = FOUND[name]
    assert len(run_rule(RULES[rule], rows=[*vary(*usual), *vary(*odd)])) == odd[1]


@pytest.mark.parametrize("name", SAID)
def test_the_number_that_is_said(name: str) -> None:
    rule, usual, odd, said = SAID[name]
    messages = [each.message for each in run_rule(RULES[rule], rows=[*vary(*usual), *vary(*odd)])]
    assert [message for message in messages if re.match(re.escape(said), message)], messages[:3]
