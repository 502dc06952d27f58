"""What dataset rules measure in chunks adds up to one whole: however rows are cut, and in whatever order parts join."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from draws import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from datalint.core.registry import Registry
from datalint.core.rule import Rule
from datalint.engine.execute.row_reader import Reader
from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.map.mapper import Mapper
from datalint.engine.mapping import map_sources
from datalint.engine.plan import Active, Plan
from datalint.engine.reduce.analyse import analyse
from datalint.engine.reduce.dataset_rules import run_dataset_rules
from datalint.engine.reduce.measures import Facts, Measures
from datalint.records.dataset import Dataset
from datalint.records.record import FileFacts
from datalint.shapes.detect import Detector
from datalint.sources.base import Located
from datalint.testing import load_cases

Row = dict[str, Any]

#: Options with which rules fire on few rows, and bounds that few rows reach.
TIGHT: dict[str, Row] = {
    "BAL001": {"other_rows": 1},
    "BAL007": {"min_rows": 2, "max_share": 0.4, "max_longest_share": 0.1},
    "BAL008": {"max_chance": 1.0, "max_share": 0.4},
    "BAL009": {"min_rows": 2},
    "DIV002": {},
    "DIV010": {},
    "DIV015": {"max_share": 0.1, "max_line_share": 0.1, "min_pairs": 1, "min_texts": 1},
    "DIV017": {},
    "DIV016": {"min_exchanges": 1, "min_different": 1, "max_share": 1.0, "min_before": 0.0},
    "DIV008": {"min_responses": 2, "max_share": 0.1, "min_words": 3},
    "FMT107": {"max_keys": 2, "rare": 0.6, "min_rows": 1},
    "FMT108": {"max_paths": 3},
    "FMT110": {"max_pairs": 2},
    "FMT114": {"least_share": 0.0},
    "FMT116": {"share": 0.0},
    "FMT117": {"min_entities": 1, "max_share": 1.0, "rare": 0.5},
    "FMT118": {},
    "FMT119": {},
    "FMT115": {"max_share": 0.0, "min_spans": 1, "most": 3},
    "FMT112": {"min_share": 0.0, "min_chars": 1, "max_keys": 2},
    "FMT403": {"max_names": 3},
    "FMT607": {"min_share": 0.2, "min_responses": 1, "most": 3},
    "FMT609": {"min_share": 0.1, "min_responses": 1},
    "FMT608": {"min_share": 0.1, "min_answers": 1},
    "QUA001": {"design_share": 0.9},
    "QUA003": {},
    "QUA027": {},
    "RDY001": {},
    "RDY011": {},
    "QUA019": {"min_letters": 10},
    "QUA030": {"min_rows": 2, "min_share": 0.5, "min_letters": 10},
    "QUA010": {"min_chars": 1},
    "QUA034": {"min_rows": 1},
    "QUA028": {"min_responses": 1, "max_share": 0.0},
    "QUA035": {"least": 1, "min_chars": 1, "min_share": 0.0},
    "QUA036": {"min_responses": 1},
    "QUA038": {},
    "QUA039": {},
    "QUA040": {"min_rows": 1, "agreeing": 0.0},
    "QUA052": {"min_questions": 1, "min_share": 0.0},
    "QUA045": {"min_prompts": 1, "min_pairs": 1, "min_pair_share": 0.0},
    "QUA041": {"share": 0.0, "min_labelled": 1},
    "QUA044": {"min_share": 0.0, "min_different": 1},
    "QUA042": {"min_rows": 1},
    "QUA033": {"min_responses": 1, "max_refusals": 0.0, "max_disclaimers": 0.0},
    "QUA047": {"least": 1, "share": 0.0, "numbers": 1},
    "QUA049": {"least": 1, "min_letters": 10, "max_share": 1.0},
    "QUA048": {"least": 1, "share": 0.0},
}


@cache
def measuring() -> dict[str, Rule]:
    return {rule.code: rule for rule in Registry.default() if rule.merge_function is not None}


@dataclass
class Piece:
    """A few rows as a chunk."""

    file: int
    rows: Sequence[Row]
    before: int

    def load(self) -> Located:
        size = len(self.rows)
        facts = FileFacts("rows", size=size, lines=size, rows_read=size)
        offsets = np.arange(self.before, self.before + size)
        return Located(list(self.rows), list(range(1, size + 1)), facts, offsets=offsets)


@dataclass
class Pieces:
    """Rows as a file that is cut at ``bounds``."""

    rows: Sequence[Row]
    bounds: Sequence[int]
    path: str = "rows"
    container: str = "jsonl"

    def chunks(self, file: int) -> Iterator[Piece]:
        for start, stop in pairwise(self.bounds):
            yield Piece(file, self.rows[start:stop], start)

    def facts(self) -> FileFacts:
        return FileFacts("rows")

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[Row]:
        return [self.rows[row] for row in rows]


@dataclass
class Whole:
    """A run of rules over rows in pieces: what they measured of each, and what they find in what they add up to."""

    rules: Sequence[Rule]
    rows: Sequence[Row]
    bounds: Sequence[int]
    options: Row | None = None

    def __post_init__(self) -> None:
        options = {rule.code: TIGHT[rule.code] if self.options is None else self.options for rule in self.rules}
        self.plan = Plan(
            rules=tuple(Active(rule, rule.options(options[rule.code]), rule.severity) for rule in self.rules)
        )
        self.mapper = Mapper(self.plan)
        self.source = Pieces(self.rows, self.bounds)
        self.merged = map_sources([self.source], self.mapper, None)

    def parts(self) -> list[dict[int, Any]]:
        """Return what each rule measured of each piece, as another process would send it."""
        partials = (self.mapper(chunk.load()) for chunk in self.source.chunks(0))
        return [pickle.loads(pickle.dumps(partial.measured)) for partial in partials]

    def findings(self, measured: dict[int, Any] | None = None) -> dict[str, list[Row]]:
        """Return the findings of each rule, of what the engine merged unless other partial results are given."""
        if measured is not None:
            self.merged.measured = measured
        reader = Reader([self.source], self.merged.examples, Detector({}))
        analyses, missing = analyse(self.merged, None, (reader, None), self.plan, "sft")
        examples = self.merged.examples.with_columns(pl.lit(value=True).alias("valid"))
        data = Dataset(examples, None, self.merged.files, [], analyses, reader)
        measures = Measures(Facts(data, self.plan.rules))
        found = run_dataset_rules(data, measures, self.merged, self.plan, missing)
        # The error of a rule that failed is the same however rows are cut.
        assert INTERNAL_ERROR not in found["rule"]
        by_code: dict[str, list[Row]] = {rule.code: [] for rule in self.rules}
        for row in found.to_dicts():
            by_code[self.rules[row["rule"]].code].append(row)
        return by_code


def joined(rule: Rule, parts: list[Any], order: Sequence[int]) -> Any:
    """Merge neighbours until one part is left; ``order`` says which two are next, over and over."""
    turn = 0
    while len(parts) > 1:
        place = order[turn % len(order)] % (len(parts) - 1)
        assert rule.merge_function is not None
        parts[place : place + 2] = [rule.merge_function(parts[place], parts[place + 1])]
        turn += 1
    return parts[0]


TEXTS = st.sampled_from(
    [
        "<think>So.</think>Yes",
        "Yes.</s>",
        *("no", "No, it is.", "Yes, it is."),
        *("", "You can do that here.", "You can do this now.", "No, it is not so.", "It depends on the day.", "Yes"),
        "It depends on {name} or {place}.",
        "The board athttps://pier.example/a says so.",
        "The board at https://pier.example/b says so.",
        "It depends on the day, and on what the others do.",
        "Vous pouvez le faire ici avec les autres dans une heure.",
        "这要看你们哪一天来，还有别的人那时候做什么。",
    ]
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 3), TEXTS, st.lists(st.integers(0, 1), max_size=2))
MORE = st.dictionaries(
    st.sampled_from("a b c d e f id source Prompt prompts Messages Completion label votes rater_1 rater_2".split()),
    VALUES,
    max_size=4,
)
TURNS = st.tuples(
    st.fixed_dictionaries({"role": st.just("user"), "content": TEXTS}, optional={"name": TEXTS, "weight": VALUES}),
    st.fixed_dictionaries({"role": st.just("assistant"), "content": TEXTS}, optional={"name": TEXTS, "audio": VALUES}),
).map(list)
ROWS = st.lists(
    st.one_of(
        st.builds(lambda more, turns: {**more, "messages": turns}, MORE, TURNS),
        st.builds(lambda turns: {"messages": turns, "images": ["a/b.png", "c.png"]}, TURNS),
        st.builds(lambda more, one, other: {"prompt": one, "completion": other, **more}, MORE, TEXTS, TEXTS),
        st.builds(lambda one, other: {"prompt": "a", "chosen": one, "rejected": other}, TEXTS, TEXTS),
        st.builds(lambda one, other: {"messages": [*one, *other]}, TURNS, TURNS),
        st.builds(
            lambda one, other, at: {"question": "a", "choices": [one, other], "answer": at}, TEXTS, TEXTS, VALUES
        ),
        st.builds(lambda text, at: {"text": text, "entities": [[at, at + 9, "A"]]}, TEXTS, st.integers(0, 3)),
        st.builds(lambda tag: {"tokens": ["a", "b"], "ner_tags": ["O", tag]}, st.sampled_from(["O", "B-A"])),
        st.builds(lambda text: {"prompt": f"Why?\nAnswer: {text}", "completion": text}, TEXTS),
        st.builds(lambda key: {"text": f'{{"a": "one two three four", "{key}": 2}}'}, st.sampled_from("bc")),
        st.builds(lambda at: {"prompt": f"{at}. Why?", "completion": "b"}, st.integers(1, 9)),
        st.builds(lambda text: {"prompt": "Who is described in the text?", "completion": text}, TEXTS),
        st.builds(
            lambda at: {
                "prompt": f"Write a line like 'boat {at} lies at the old pier of the town'.",
                "completion": f"boat {at} lies at the old pier of the town",
            },
            st.integers(1, 9),
        ),
        st.builds(
            lambda one, at: {"question": "a", "choices": [one, "b", "It depends."], "answer": at},
            TEXTS,
            st.integers(0, 2),
        ),
        st.builds(
            lambda one, at: {"prompt": f"Why?\nA. {one}\nB. b\nC. It depends.", "completion": at},
            TEXTS,
            st.sampled_from("ABC"),
        ),
        st.builds(
            lambda one, at: {"prompt": "a", "chosen": one, "rejected": "b", "chosen_score": at, "rejected_score": 1},
            TEXTS,
            st.integers(0, 2),
        ),
        MORE,
    ),
    min_size=1,
    max_size=14,
)


def test_every_rule_that_merges_is_held_to_it() -> None:
    assert measuring().keys() == TIGHT.keys()


@settings(max_examples=examples(5, often=8), deadline=None)
@given(rows=ROWS, cuts=st.lists(st.integers(0, 14), max_size=6), order=st.lists(st.integers(0, 20), min_size=1))
@example(
    # The second and third row alone would keep other paths and keys than the three together.
    rows=[
        {"prompt": "a", "completion": "b", "z": 1, "y": 1, "x": 1},
        {"prompt": "a", "completion": "b", "a": 1, "y": "1", "x": 1},
        {"prompt": "a", "completion": "b", "a": "1", "b": 1, "z": "1"},
    ],
    cuts=[1, 2],
    order=[1],
)
@example(
    # The prompts of a part without reasoning may ask for none.
    rows=[
        {"prompt": "Why? /think", "completion": "<think>So.</think>Yes"},
        {"prompt": "Why? /no_think", "completion": "Yes"},
        {"prompt": "Why?", "completion": "<think>So.</think>Yes"},
    ],
    cuts=[1, 2],
    order=[1],
)
@example(
    # An emoji that was kept counts, also if nothing else of its part does.
    rows=[{"prompt": "Why?", "completion": "So ????????"}] * 50 + [{"prompt": "Why?", "completion": "So 😀"}],
    cuts=[50],
    order=[1],
)
@example(
    # The first place is that of a lost emoji, whatever stands before it.
    rows=[{"prompt": "Why?", "completion": "So ?????????"}] + [{"prompt": "Why?", "completion": "So ????????"}] * 50,
    cuts=[1],
    order=[1],
)
@example(
    # The prompts of another part are read from a key that a line for this one would leave out.
    rows=[
        {"prompt": "Why?", "completion": "So.", "a": "No, it is."},
        {"question": "Which?", "choices": ["Yes", "No"], "answer": "Yes"},
    ],
    cuts=[1],
    order=[0],
)
@example(
    # Options under keys are counted, and those in prompts are not, also if each is in a part of its own.
    rows=[{"question": "a", "choices": ["a boat", "b", "c"], "answer": 0}] * 2
    + [{"prompt": "Why?\nA. a\nB. b\nC. a boat", "completion": "C"}] * 3,
    cuts=[2],
    order=[0],
)
def test_parts_join_in_any_order(rows: list[Row], cuts: list[int], order: list[int]) -> None:
    """All rules run over the same rows, each with options of its own; comparing dicts tells which one differs."""
    rules = [measuring()[code] for code in sorted(TIGHT)]
    bounds = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    pieces = Whole(rules, rows, bounds)
    in_turn = pieces.findings()
    parts = pieces.parts()
    bracketed = pieces.findings(
        {number: joined(rule, [part[number] for part in parts], order) for number, rule in enumerate(rules)}
    )
    at_once = Whole(rules, rows, [0, len(rows)]).findings()
    assert in_turn == at_once
    assert bracketed == at_once


def test_bounds_are_reached() -> None:
    rows = [
        {"prompt": "a", "completion": "b", "aa": 1, "bb": 2, "cc": 3},
        {"prompt": "a", "completion": "b", "aa": "1"},
    ]
    for code, message in (("FMT107", "bb"), ("FMT108", "aa")):
        found = Whole([measuring()[code]], rows, [0, 1, 2]).findings()[code]
        said = str([(row["message"], row["path"]) for row in found])
        assert message in said
        assert "cc" not in said


@pytest.mark.parametrize("code", TIGHT)
def test_the_parts_of_its_cases_join(code: str) -> None:
    """What a rule looks for is in its cases, and seldom in rows that are drawn."""
    rule = measuring()[code]
    for path in Path(__file__).parent.glob(f"*/cases/{rule.name}.toml"):
        for case in load_cases(path):
            if not case.findings or not case.rows or case.evaluation or case.benchmark or case.config:
                continue
            try:
                rows = [json.loads(row) for row in case.rows]
            except ValueError:
                continue
            options = {name.replace("-", "_"): value for name, value in case.options.items()}
            size = len(rows)
            bounds = sorted({0, size // 2, size})
            at_once, in_turn = (Whole([rule], rows, each, options).findings() for each in ([0, size], bounds))
            assert in_turn == at_once, case.id
