"""Compiled code masks templates as the expression does."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from draws import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from datalint.engine.map import index as keys
from datalint.engine.map.index import masked
from datalint.neardup.compiled import dispatch as compiled
from datalint.neardup.compiled.written import WRITTEN, Kernels

CASES = [
    "", "7", "A", "a", "Call Ann Lee-Smith at 12:30, or O'Hara's 3,000.5/2 . 4. Nobody", "x1.5B Bb_C 9Z Z9 _A 'A' -A",
    "A  B A B", "A\nB", "A B", "Ann ", " A", "1.", "1..2", ".1", "1.2.3:4/5,6", "1.a", "A1 A'1 A-", "AbC dE",
    "Zoë Ångström's ٣ 3", "ＡB", "iPhone 15 Pro Max", "\0\x7fA\x1f1", "It's I'm O'Neil", "A’B Ann’s",
    'spell "apple" and "X-ray\'s"', '"a b" "a1" "" "" a" "B "c', "«a» “été” “日本”",
]  # fmt: skip
TEXTS = st.one_of(
    st.text("aZ09_.,:/'\"- \n", max_size=60),
    st.text(st.characters(max_codepoint=127), max_size=60),
    st.text("aAÀ1٣’.- \u0301日🙂", max_size=20),
)


def by_expression(prompts: list[str], responses: list[str]) -> list[str]:
    texts = [prompt or response for prompt, response in zip(prompts, responses, strict=True)]
    return (
        pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)}).select(masked(pl.col("text"))).to_series().to_list()
    )


@pytest.fixture(scope="module", params=["as written", "compiled"])
def code(request: pytest.FixtureRequest) -> Kernels:
    if request.param == "as written":
        return WRITTEN
    pytest.importorskip("numba", reason="the extra fast is not installed")
    made = compiled.load()
    assert made is not None
    return made


@settings(max_examples=examples(60), deadline=None)
@example(rows=[])
@example(rows=[*zip(CASES, reversed(CASES), strict=True)])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_templates(code: Kernels, rows: list[tuple[str, str]]) -> None:
    prompts, responses = [prompt for prompt, _ in rows], [response for _, response in rows]
    examples = pl.DataFrame(
        {"prompt": pl.Series(prompts, dtype=pl.String), "response": pl.Series(responses, dtype=pl.String)}
    )
    with np.errstate(over="ignore"):
        made = keys.templates(examples, code).to_list()
        assert made == keys.templates(examples, None).to_list() == by_expression(prompts, responses)


def test_what_is_masked() -> None:
    assert by_expression(CASES[4:6], ["", ""]) == ["N at 0, or N 0 . 0. N", "x0B N_C 0Z N0 _A 'N -N"]
    assert by_expression(CASES[-3:], [""] * 3) == ["spell N and N", '"a b" "a0" "" "" a" "N "c', "«a» N “日本”"]
    # A name ends where a script without spaces begins, which is most of a sentence.
    assert by_expression(["AI探险家如何工作", "Git版本 Müller"], [""] * 2) == ["N探险家如何工作", "N版本 N"]
