"""Question and answer under their many names, with what the question is about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import having
from datalint.shapes.fields import read_side
from datalint.shapes.formats.question_sets import is_declared, is_lists_of_messages, read_calls
from datalint.shapes.single_turn import single_turn
from datalint.shapes.sink import Sink

#: The question's and the answer's keys, the usual ones first.
QUESTIONS: Final = ("question", "Question", "query", "Query", "ask", "QUESTION")
_ANSWERS: Final = (
    "solution", "generated_solution", "answer", "response", "Answer", "std_answer", "correct_answer", "best_answer",
    "final_answer", "expected_answer", "gold_answer", "ground_truth", "answers", "answers_spans", "output",
    "ANSWER",
)  # fmt: skip
_RIGHT_CALLS: Final = ("ground_truth", "answer")
#: The Berkeley function calling leaderboard: the calls that are right next to the functions.
_CALLS: Final = single_turn(
    "question-answer",
    "question and answer (function)",
    prompt=("question",),
    response=_RIGHT_CALLS,
    context=("function",),
    fits=having("question", "function", any_of=_RIGHT_CALLS),
)._replace(decided_by=("function", is_declared), sole=True)


def _read_calls(value: dict[str, Any], sink: Sink) -> None:
    read_calls(value, sink)
    right = next(key for key in _RIGHT_CALLS if key in value)
    read_side(value[right], f"$.{right}", sink, response=True)


#: Its later versions, whose question is lists of messages.
_CALLS_OF_TURNS: Final = _CALLS._replace(
    title="question and answer (messages, function)",
    read=_read_calls,
    decided_by=("question", is_lists_of_messages),
    fields=None,
    reads=("question", "function", *_RIGHT_CALLS),
)
#: A dialogue that a question is about, as FriendsQA has it, and the answers that rows with one have under their keys.
DIALOGUES: Final = ("utterances", "dialogue", "dialog", "transcript")
_ANSWERS_ABOUT: Final = ("answer", "answers", "Answer")
#: Further keys of the text that a question is about, as DuoRC, ShARC and TweetQA have it.
_ABOUT: Final = ("plot", "snippet", "tweet", "Tweet")


def _is_about_dialogue(keys: Collection[str]) -> bool:
    """Return whether there is a dialogue next to a question with an answer, and no response to a person."""
    others = [key for key in _ANSWERS if key not in _ANSWERS_ABOUT]
    asked = any(key in keys for key in QUESTIONS) and any(key in keys for key in _ANSWERS_ABOUT)
    return asked and any(key in keys for key in DIALOGUES) and not any(key in keys for key in others)


def _is_answered(keys: Collection[str]) -> bool:
    both = any(key in keys for key in QUESTIONS) and any(key in keys for key in _ANSWERS)
    return both and not _is_about_dialogue(keys)


#: ELI5: a question as the title of a post, with what else the post says, and its answers with their scores.
_POSTED: Final = single_turn(
    "question-answer",
    "question and answer (title, selftext, answers)",
    prompt=("title",),
    response=("answers",),
    context=("selftext",),
    fits=having("title", "selftext", "answers", none_of=(*QUESTIONS, "text", "prompt")),
)
SHAPES: Final = (
    _CALLS_OF_TURNS,
    _CALLS,
    _POSTED,
    single_turn(
        "question-answer",
        "question and answer (dialogue)",
        prompt=QUESTIONS,
        response=_ANSWERS_ABOUT,
        context=("instruction", *DIALOGUES),
        fits=_is_about_dialogue,
        objects=True,
    ),
    single_turn(
        "question-answer",
        "question and answer",
        prompt=QUESTIONS,
        response=_ANSWERS,
        context=("instruction", *_ABOUT),
        fits=_is_answered,
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
