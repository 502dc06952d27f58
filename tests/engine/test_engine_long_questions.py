"""Questions with long contexts, of which the end is compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

import datalint
from datalint.engine.reduce.comparing.shared_contexts import SharedContexts
from datalint.records.analyses import Text
from datalint.support.varied import sentence


def copies(*ends: str) -> int:
    """Return the near-duplicates among questions that end otherwise after more than 8,000 characters."""
    case = " ".join(f"{sentence(each)}." for each in range(0, 2_000, 10))
    assert len(case) > 8_000
    rows = [{"prompt": f"{case} {end}", "completion": "B"} for end in ends]
    return len(datalint.lint(rows, config={"select": ["DIV003"]}).findings)


def test_long_questions_with_other_options_are_no_copies() -> None:
    drug = "Which drug is given?\nA: Aspirin\nB: Zopiclone\nC: Nothing at all"
    assert copies(drug, "What remains to be examined?\nA: The left knee\nB: His sleep\nC: Her hearing") == 0
    assert copies(drug, "Which drug is given now?\nA: Aspirin\nB: Zopiclone\nC: Nothing at all") == 1


CASE = " ".join(f"{sentence(each)}." for each in range(0, 2_000, 10))
QUESTIONS = ("Who repaired the northern lantern?", "When did the harbour close?", "Why was the third letter sent back?")


def findings(prompts: Sequence[str], answers: Sequence[str], rule: str = "DIV003") -> int:
    rows = [{"prompt": prompt, "completion": answer} for prompt, answer in zip(prompts, answers, strict=True)]
    return len(datalint.lint(rows, config={"select": [rule]}).findings)


@pytest.mark.parametrize("answers", [("yes", "yes", "no"), ("The elder Smith.", "In the autumn.", "It had no stamp.")])
@pytest.mark.parametrize(
    "layout",
    [
        "{case}\n\nQuestion: {question}",
        "{question}\n{case}",
        "{question} {case} {question}",
        "{question}\n{case}\n{question}",
    ],
)
def test_other_questions_on_one_long_text_are_no_copies(layout: str, answers: tuple[str, ...]) -> None:
    assert findings([layout.format(case=CASE, question=each) for each in QUESTIONS], answers) == 0


def test_a_long_text_with_a_typing_error_is_a_copy_that_also_leaks() -> None:
    question, answer = f"\n\nQuestion: {QUESTIONS[0]}", "The elder Smith."
    middle = CASE.index(" ", len(CASE) // 2) - 1
    mistyped = CASE[:middle] + CASE[middle + 1 :]
    assert findings([CASE + question, mistyped + question], [answer, answer]) == 1
    training, evaluation = ([{"prompt": text + question, "completion": answer}] for text in (CASE, mistyped))
    found = datalint.lint(training, eval=evaluation, config={"select": ["RDY004"]}).findings
    assert len(found) == 1
    other = [{"prompt": f"{CASE}\n\nQuestion: {QUESTIONS[1]}", "completion": "In the autumn."}]
    assert not datalint.lint(training, eval=other, config={"select": ["RDY003", "RDY004", "RDY009"]}).findings


def test_parts_of_long_texts_are_read_in_blocks_and_at_the_ends_of_words() -> None:
    prompts = [f"{CASE}\n\n{each}" for each in QUESTIONS]
    read: list[int] = []

    def texts(rows: Sequence[int]) -> list[Text]:
        read.extend(rows)
        return [Text(prompts[row], "", "", "") for row in rows]

    contexts = SharedContexts(texts, np.array(list(map(len, prompts))))
    parts = list(contexts.pairs([0, 0, 1], [1, 2, 2]))
    assert sorted(read) == [0, 1, 2]
    for (first, second), found in zip([(0, 1), (0, 2), (1, 2)], parts, strict=True):
        assert found is not None
        for row, words in zip((first, second), found, strict=True):
            assert prompts[row].endswith(f" {words.text}")
            assert len(words.text) < 2_000


def test_long_texts_that_differ_in_much_are_not_compared() -> None:
    prompts = [f"{CASE} {' '.join(sentence(each) for each in range(start, start + 600))}" for start in (3_000, 9_000)]
    contexts = SharedContexts(
        lambda rows: [Text(prompts[row], "", "", "") for row in rows], np.array(list(map(len, prompts)))
    )
    assert list(contexts.pairs([0], [1])) == [None]
