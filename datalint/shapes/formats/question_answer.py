"""Question and answer under their many names, with what the question is about."""

from __future__ import annotations

from typing import Final

from datalint.shapes.base import having
from datalint.shapes.formats.prompt_only import is_declared
from datalint.shapes.single_turn import single_turn

#: The question's and the answer's keys, the usual ones first.
QUESTIONS: Final = ("question", "Question", "query", "Query", "ask", "QUESTION")
_ANSWERS: Final = (
    "solution", "generated_solution", "answer", "response", "Answer", "std_answer", "correct_answer", "best_answer",
    "final_answer", "expected_answer", "gold_answer", "ground_truth", "answers", "answers_spans", "output",
    "ANSWER",
)  # fmt: skip
#: The Berkeley function calling leaderboard: the calls that are right next to the functions.
_CALLS: Final = single_turn(
    "question-answer",
    "question and answer (function)",
    prompt=("question",),
    response=("ground_truth", "answer"),
    context=("function",),
    fits=having("question", "function", any_of=("ground_truth", "answer")),
)._replace(decided_by=("function", is_declared), sole=True)
SHAPES: Final = (
    _CALLS,
    single_turn(
        "question-answer",
        "question and answer",
        prompt=QUESTIONS,
        response=_ANSWERS,
        context=("instruction",),
        objects=True,
    ),
    *(
        single_turn(
            "question-answer",
            f"question and answer ({one}, {other})",
            prompt=(one,),
            response=(other,),
            context=("Context", "Passage"),
        )
        for one, other in (("Q", "A"), ("q", "a"))
    ),
)
