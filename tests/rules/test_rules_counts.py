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
    "places of spans": (
        "misplaced-span",
        ('{"text": "Today Anna met Bo near row {n}.", "entities": [[6, 10, "PERSON"], [15, 17, "PERSON"]]}', 20),
        ('{"text": "Today Anna met Bo near row {n}.", "entities": [[7, 11, "PERSON"], [15, 17, "PERSON"]]}', 10_050),
    ),
    "labels and answers": (
        "contradicting-label",
        ('{"question": "{w}?", "answer": "Yes, since it is open on day {n}.", "label": "yes"}', 40_400),
        ('{"question": "{w}?", "answer": "No, it is for ferries on day {n}.", "label": "yes"}', 10_050),
    ),
    "answers that are no option": (
        "contradicting-label",
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": "B"}', 20_000),
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": "{w}"}', 1_050),
    ),
    "numbers that are no option": (
        "contradicting-label",
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": 0}', 20_000),
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": {n}000}', 1_050),
    ),
    "equal options": (
        "contradicting-label",
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": "B"}', 20_000),
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}0 m"], "answer": "A"}', 1_050),
    ),
    "empty options": (
        "contradicting-label",
        ('{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": "B"}', 20_000),
        ('{"question": "{w}?", "options": ["{n} m", "", "{n}5 m"], "answer": "A"}', 1_050),
    ),
    "options in the prompt": (
        "contradicting-label",
        ('{"prompt": "{w}?\\nA) {n} m\\nB) {n}0 m\\nC) {n}5 m", "completion": "B) {n}0 m"}', 1_100),
        ('{"prompt": "{w}?\\nA) {n} m\\nB) {n}0 m\\nC) {n}5 m", "completion": "A) {n}0 m"}', 1_050),
    ),
    "scores of the sides": (
        "contradicting-label",
        ('{"prompt": "{w}?", "chosen": "{w}", "rejected": "No.", "chosen_score": 9, "rejected_score": 2}', 10_000),
        ('{"prompt": "{w}?", "chosen": "{w}", "rejected": "No.", "chosen_score": 1, "rejected_score": 2}', 1_050),
    ),
    "lists of questions and answers": (
        "misaligned-pair",
        ('{"question": ["Where is {w}?", "Who is {n}?"], "answers": ["At {n}.", "Bo."]}', 40_400),
        ('{"question": ["Where is {w}?", "Who is {n}?"], "answers": ["At {n}."]}', 10_050),
    ),
    "texts with other spans": (
        "conflicting-response",
        (
            '{"data": {"text": "Ask Anna: {w}"},'
            ' "annotations": [{"result": [{"value": {"start": 4, "end": 8, "labels": ["A"]}}]}]}',
            15_200,
        ),
        (
            '{"data": {"text": "Ask Anna: {w}"},'
            ' "annotations": [{"result": [{"value": {"start": 0, "end": 8, "labels": ["A"]}}]}]}',
            5_050,
        ),
    ),
    "years": (
        "misaligned-pair",
        ('{"translation": {"en": "It was open in 2015: {w}", "de": "Es war 2015 offen: {w}"}}', 2_600),
        ('{"translation": {"en": "It was open in 2015: {w}", "de": "Es war 2016 offen: {w}"}}', 250),
    ),
    "votes without a majority": (
        "reviewer-disagreement",
        ('{"prompt": "{w}?", "completion": "{w}.", "votes": ["good", "good"]}', 11_000),
        ('{"prompt": "{w}?", "completion": "{w}.", "votes": ["good", "bad"]}', 10_050),
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
    "tokens at the end": (
        "missing-end-token",
        ('{"prompt": "{w}?", "completion": "{w}.<|endoftext|>"}', 2_500),
        ('{"prompt": "{w}?", "completion": "{w}"}', 250),
        "50 more answers without <|endoftext|> at the end",
    ),
    "tags that are not closed": (
        "unclosed-tag",
        ('{"prompt": "{w}?", "completion": "<said>{w}.</said>"}', 2_500),
        ('{"prompt": "{w}?", "completion": "<said>{w}."}', 250),
        "50 more responses with <said> opened or closed alone",
    ),
    "responses that lack a tag": (
        "unclosed-tag",
        ('{"prompt": "{w}?", "completion": "<said>{w}.</said>"}', 5_000),
        ('{"prompt": "{w}?", "completion": "It is said of {w}"}', 550),
        "350 more responses with no <said> and no full stop",
    ),
    "labels without a value": (
        "inconsistent-response-format",
        ('{"prompt": "Judge {w}.", "completion": "Reason: {w} {n}.\\nLabel: good"}', 2_000),
        ('{"prompt": "Judge {w}.", "completion": "Reason: {w} {n}.\\nLabel:"}', 250),
        '250 of 2,250 responses end with "Label:"',
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
