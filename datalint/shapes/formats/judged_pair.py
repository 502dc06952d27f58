"""Two answers to one prompt, and which of them is better: PKU-SafeRLHF, AlpacaFarm, LMSYS's arena, SHP and others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from datalint.shapes.answer_keys import (
    NUMBERS,
    OTHERS,
    PROMPTS,
    AnswerKeys,
    ModelKeys,
    answers_by_key,
    answers_finder,
    models_finder,
)
from datalint.shapes.base import Shape, having
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_side
from datalint.shapes.judgements import (
    VERDICTS,
    as_number,
    better_of,
    in_words,
    in_words_or_numbers,
    is_model,
    is_of_judge,
    is_of_judge_or_number,
    place_of,
    said_by,
)
from datalint.shapes.sink import Sink
from datalint.shapes.text_objects import ANSWER_OBJECT
from datalint.support.letters import letters_of

#: How much better one of two answers is: below 0, the first one.
_STRENGTH: Final = "preference_strength"
_STRENGTHS: Final = {-3: 0, -2: 0, -1: 0, 1: 1, 2: 1, 3: 1}
#: Keys of the answers, the key of the better one, and which one each of its values names; any other value is a tie.
_PAIRS: Final[tuple[tuple[str, str, str, Mapping[Any, int]], ...]] = (
    ("response_0", "response_1", "better_response_id", {0: 0, 1: 1}),
    ("human_ref_A", "human_ref_B", "labels", {1: 0, 0: 1}),
    ("response1", "response2", "overall_preference", _STRENGTHS),
    ("response_1", "response_2", _STRENGTH, _STRENGTHS),
)
#: Keys of the better one that may have the name of its model, which is under a key of its own for each answer.
MODEL_VERDICTS: Final = (
    *("winner", "preferred", "preferred_model", "better", "better_model", "best", "best_model", "winning_model"),
    *("preference", "human_preference", "human_choice", "choice", "vote"),
)
#: Keys of what a judge says of two answers, an object that has one of these keys.
_JUDGES: Final = ("judge", "evaluation", "judge_result", "judge_output", "assessment")
_CHOSEN: Final = ("chosen", "rejected")


def _made(known: Mapping[str, AnswerKeys], test: Callable[[object], bool], verdicts: Iterable[str]) -> Iterator[Shape]:
    """Yield the shapes of two answers whose keys are ``known``, one for each key of the better one."""
    answers = tuple(dict.fromkeys(key for each in known.values() for key in (each.first, each.second)))
    lists = tuple(key for key in answers if key in _LISTS)
    sides_of = answers_finder(known)
    for verdict in verdicts:
        yield _make(verdict, sides_of, answers)._replace(
            title=f"two answers and the better one ({verdict})",
            keys=(verdict, *PROMPTS, "id"),
            decided_by=(verdict, test),
            lists=lists,
        )


def _make(verdict: str, sides_of: Callable[[tuple[str, ...]], AnswerKeys | None], answers: tuple[str, ...]) -> Shape:
    """Return the shape of two answers that ``sides_of`` finds; of a tie, only the prompt is read."""

    def fits(keys: Collection[str]) -> bool:
        return verdict in keys and sides_of(tuple(keys)) is not None

    def read(value: dict[str, Any], sink: Sink) -> None:
        sides = sides_of(tuple(value))
        if sides is not None:
            read_pair(
                value, (sides.first, sides.second), better_of(said_by(value.get(verdict)), sides.marks, verdict), sink
            )

    return pair_shape(answers, verdict, fits, read)


def _made_of_models(known: Mapping[str, AnswerKeys]) -> Iterator[Shape]:
    """Yield the shapes of two answers with their models, one for each key that has the name of the better model."""
    models_of = models_finder(known)
    for made in _made(known, is_model, MODEL_VERDICTS):
        yield _by_model(made, models_of)


def _by_model(made: Shape, models_of: Callable[[tuple[str, ...]], ModelKeys | None]) -> Shape:
    """Return a shape of two answers with the key of the better model instead of that of the better answer."""
    (verdict, *_), fits_sides = made.keys, made.fits

    def fits(keys: Collection[str]) -> bool:
        return fits_sides(keys) and models_of(tuple(keys)) is not None

    def read(value: dict[str, Any], sink: Sink) -> None:
        if (found := models_of(tuple(value))) is not None:
            better = place_of(
                letters_of(str(value.get(verdict))), [letters_of(str(value.get(key))) for key in found[1]]
            )
            read_pair(value, (found[0].first, found[0].second), better, sink)

    return made._replace(title=f"two answers and the better model ({verdict})", fits=fits, read=read)


#: Keys of answers that may be lists of messages.
_LISTS: Final = ("response_a", "response_b", "conversation_a", "conversation_b", "output_1", "output_2")


def _known(first: str, second: str, verdict: str, meaning: Mapping[Any, int]) -> Shape:
    """Return the shape of these keys."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        said = as_number(value.get(verdict))
        read_pair(value, (first, second), None if said is None else meaning.get(said), sink)

    # How much better an answer is says not which one, next to a key that does.
    others = VERDICTS if verdict == _STRENGTH else ()
    shape = pair_shape((first, second), verdict, having(first, second, verdict, any_of=PROMPTS, none_of=others), read)
    schema = shape.schema | {"required": [first, second]}
    return shape._replace(title=f"two answers and the better one ({first}, {second}, {verdict})", schema=schema)


def pair_shape(
    answers: tuple[str, ...],
    verdict: str,
    fits: Callable[[Collection[str]], bool],
    read: Callable[[dict[str, Any], Sink], None],
) -> Shape:
    """Return the shape of two answers under any of the keys ``answers``, and the verdict about them."""
    return Shape(
        name="judged-pair",
        title="two answers and the better one",
        kind="preference",
        fits=fits,
        schema=_schema(answers, verdict),
        read=read,
        keys=(*answers, verdict, *PROMPTS, "id"),
        sole=True,
        reads=(*answers, verdict, *PROMPTS),
        lists=answers,
        categories=(),
    )


@cache
def _schema(answers: tuple[str, ...], verdict: str) -> dict[str, Any]:
    """Return the schema of rows with any of these answers and this verdict."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
    if answers:
        # One schema for all keys of answers: with one for each, they take half a megabyte.
        schema["properties"] = {verdict: {"type": ["string", "number", "boolean", "object", "array"], "minLength": 1}}
        schema["patternProperties"] = {f"^(?:{'|'.join(answers)})$": {"if": ANSWER_OBJECT, "else": TEXT_OR_MESSAGES}}
    return schema


def read_pair(value: dict[str, Any], keys: tuple[str, str], better: int | None, sink: Sink) -> None:
    """Read the prompt, and the answers as better and worse unless neither is."""
    sink.features.add("preference")
    for key in PROMPTS:
        if value.get(key):
            read_side(value[key], f"$.{key}", sink, response=False)
    if better is None:
        return
    sides = keys if better == 0 else keys[::-1]
    for side, key in zip(_CHOSEN, sides, strict=True):
        read_side(value.get(key), f"$.{key}", sink, response=True, side=side)


def _scored(word: str, one: str, other: str, layout: tuple[str, str] = ("{word}_{mark}", "score_{mark}")) -> Shape:
    """Return the shape of two answers with a score each, as WebGPT's comparisons have them."""
    keys, scores = ((each.format(word=word, mark=one), each.format(word=word, mark=other)) for each in layout)

    def read(value: dict[str, Any], sink: Sink) -> None:
        first, second = (as_number(value.get(key)) for key in scores)
        better = None if first is None or second is None or first == second else int(first < second)
        read_pair(value, keys, better, sink)

    shape = pair_shape(keys, scores[0], having(*keys, *scores, any_of=PROMPTS), read)
    return shape._replace(title=f"two answers with a score each ({', '.join(keys)})", keys=(*keys, *scores, *PROMPTS))


def _read_votes(value: dict[str, Any], sink: Sink) -> None:
    votes = [str(value.get(key)).strip().lower() in _YES for key in _VOTES]
    read_pair(value, ("response_a", "response_b"), votes.index(True) if sum(votes) == 1 else None, sink)


def _read_summaries(value: dict[str, Any], sink: Sink) -> None:
    sink.features.add("preference")
    info = value["info"] if isinstance(value["info"], dict) else {}
    for key in ("title", "post", "article"):
        if info.get(key):
            read_side(info[key], f"$.info.{key}", sink, response=False)
    better = value.get("choice")
    summaries = value["summaries"]
    if better in (0, 1) and isinstance(summaries, list) and len(summaries) == len(_CHOSEN):
        for side, place in zip(_CHOSEN, (better, 1 - better), strict=True):
            text = summaries[place].get("text") if isinstance(summaries[place], dict) else None
            read_side(text, f"$.summaries[{place}].text", sink, response=True, side=side)


#: Two summaries of a post, and the place of the better one: OpenAI's comparisons.
_SUMMARIES: Final = pair_shape((), "choice", having("info", "summaries", "choice"), _read_summaries)._replace(
    title="two summaries and the better one (summaries, choice)",
    keys=("info", "summaries", "choice"),
    reads=("info", "summaries", "choice"),
    lists=(),
)
#: A column for each of two models, of which that of the better one is 1: LMSYS's arena as a table.
_VOTES: Final = ("winner_model_a", "winner_model_b")
_YES: Final = ("1", "1.0", "true")
_BY_VOTES: Final = pair_shape(
    ("response_a", "response_b"), _VOTES[0], having("response_a", "response_b", *_VOTES, any_of=PROMPTS), _read_votes
)._replace(
    title="two answers and a vote for one of them (winner_model_a, winner_model_b)",
    keys=("response_a", "response_b", *_VOTES, *PROMPTS, "id"),
)
#: Answers under letters alone: other verdicts may say which of two options is right.
_BY_LETTER: Final = {
    one: AnswerKeys(one, other, third, (one, other)) for one, other, third in (("a", "b", "c"), ("A", "B", "C"))
}
_OF_LETTERS: Final = tuple(each for each in VERDICTS if each == "winner" or "better" in each or "prefer" in each)
#: Texts that are answers only next to a verdict of these.
_TEXTS: Final = answers_by_key(OTHERS[:2], ("text",))
#: How the keys of two answers and of their scores are written elsewhere.
_OF_SCORES: Final = (("{word}_{mark}", "{word}_{mark}_score"), ("model_{mark}_{word}", "model_{mark}_score"))
#: Verdicts that may be such objects too.
_OBJECTS: Final = ("judgment", "judgement", "verdict", "preference")
_BY_NUMBER: Final = answers_by_key(NUMBERS)
_BY_NAME: Final = answers_by_key(OTHERS)
SHAPES: Final = (
    *(_known(*each) for each in _PAIRS),
    *(_scored("answer", *marks) for marks in (("0", "1"), ("1", "2"), ("a", "b"))),
    *(_scored("response", *marks) for marks in (("0", "1"), ("1", "2"), ("a", "b"))),
    *(_scored(word, *marks) for word in ("output", "completion") for marks in (("1", "2"), ("a", "b"))),
    *(_scored(word, "a", "b", layout) for word in ("answer", "response", "output") for layout in _OF_SCORES),
    _SUMMARIES,
    _BY_VOTES,
    *_made(_BY_NUMBER, in_words_or_numbers, VERDICTS),
    *_made(_BY_NAME, in_words, VERDICTS),
    *_made(_BY_LETTER, in_words, _OF_LETTERS),
    *_made(_TEXTS, in_words, _OF_LETTERS),
    *_made_of_models(_BY_NUMBER),
    *_made_of_models(_BY_NAME),
    *_made(_BY_NUMBER, is_of_judge_or_number, (*_JUDGES, *_OBJECTS)),
    *_made(_BY_NAME, is_of_judge, (*_JUDGES, *_OBJECTS)),
)
