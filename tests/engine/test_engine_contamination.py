"""What training rows contain of benchmarks: by n-grams and a plain count of the same words, always the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from draws import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datalint import lint
from datalint.core.errors import DatalintError
from datalint.engine.reduce.contamination.definitions import DEFINITIONS, Definition
from datalint.neardup.text.words import word_places

#: Few words, so that texts have runs of them in common.
TEXT = st.lists(st.sampled_from("a b c d".split()), min_size=8, max_size=22)


def contained(rows: list[list[str]], example: list[str], definition: Definition) -> bool:
    """Return whether the rows contain an example, by comparing all places with all places."""
    size = definition.size
    cells = len(example) - size + 1 if definition.measured == "grams" else len(example)
    union: set[int] = set()
    for words in rows:
        mine: set[int] = set()
        for start in range(len(example) - size + 1):
            for at in range(len(words) - size + 1):
                if example[start : start + size] != words[at : at + size]:
                    continue
                end = length = size
                budget = definition.mismatches
                while budget >= 0 and start + end < len(example) and at + end < len(words):
                    same = example[start + end] == words[at + end]
                    budget -= not same
                    end += 1
                    if same and budget >= 0:
                        length = end
                if length < size + definition.longer:
                    continue
                if definition.measured == "grams":
                    mine.add(start)
                else:
                    mine.update(range(start, start + length))
        if not definition.union and definition.reached(len(mine) / cells):
            return True
        union |= mine
    return definition.union and definition.reached(len(union) / cells)


def found(folder: Path, rows: list[dict[str, Any]], benchmark: list[dict[str, Any]], definition: str) -> set[int]:
    """Return the lines of the benchmark that the rule says are contained, one at a time."""
    path = folder / "benchmark.jsonl"
    lines = set()
    for number, example in enumerate(benchmark):
        path.write_text(json.dumps(example) + "\n", encoding="utf-8")
        config = {"select": ["RDY008"], "benchmarks": {"paths": [str(path)], "definition": definition}}
        report = lint(rows, eval=False, config=config)
        if report.findings:
            lines.add(number)
    return lines


@pytest.mark.parametrize("name", DEFINITIONS)
@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(TEXT, min_size=1, max_size=3), example=TEXT)
def test_the_same_as_by_comparing_everything(
    name: str, rows: list[list[str]], example: list[str], tmp_path: Path
) -> None:
    definition = DEFINITIONS[name]
    training = [{"prompt": " ".join(words), "completion": "x"} for words in rows]
    # The answer is a word that no row has.
    benchmark = [{"prompt": " ".join(example), "completion": "z"}]
    words = example if definition.prompts else [*example, "z"]
    expected = len(words) >= definition.size + definition.longer and contained(rows, words, definition)
    assert found(tmp_path, training, benchmark, name) == ({0} if expected else set())


@given(text=st.text(alphabet="ab é_中-. İ\n", max_size=40))
def test_places_of_words_are_within_the_text(text: str) -> None:
    start, stop = word_places(text, 1, 2)
    assert 0 <= start <= stop <= len(text)


def test_place_of_words() -> None:
    text = "One, two  three: 四五!"
    start, stop = word_places(text, 1, 3)
    assert text[start:stop] == "two  three: 四"


def test_a_benchmark_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatalintError, match="no such file"):
        lint([{"prompt": "a", "completion": "b"}], config={"benchmarks": {"paths": [str(tmp_path / "none.jsonl")]}})


def test_the_secret_of_a_span_is_redacted(tmp_path: Path) -> None:
    secret = "AKIA" + "IOSFODNN7" + "ABCDEFG"
    text = f"Use the key {secret} for the first call and then wait for one minute before the next."
    (tmp_path / "b.jsonl").write_text(json.dumps({"prompt": text, "completion": "x"}) + "\n", encoding="utf-8")
    report = lint(
        [{"prompt": text, "completion": "y"}],
        eval=False,
        config={"select": ["RDY008"], "benchmarks": {"paths": [str(tmp_path / "b.jsonl")]}},
    )
    assert report.findings
    assert all(secret not in finding.message for finding in report.findings)
