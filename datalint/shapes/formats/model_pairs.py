"""Answers of two models under the names of these, and the name of the better one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.shapes.answer_keys import ANSWER_WORDS, PROMPTS
from datalint.shapes.base import Shape, having
from datalint.shapes.fields import read_side
from datalint.shapes.formats.judged_pair import MODEL_VERDICTS, pair_shape, read_pair
from datalint.shapes.judgements import is_model, place_of
from datalint.shapes.passages import member_of
from datalint.shapes.sink import Sink
from datalint.support.letters import letters_of
from datalint.support.names import model_names

#: Keys of an object with the answer of each model.
_OBJECTS: Final = ("responses", "answers", "outputs", "completions", "generations", "candidates", "replies")
_LONGEST: Final = 60
_TWO: Final = 2


def _by_key(verdict: str) -> Shape:
    """Return the shape of two answers whose keys have the models' names."""

    def fits(keys: Collection[str]) -> bool:
        return verdict in keys and bool(_answers_in(tuple(keys)))

    def read(value: dict[str, Any], sink: Sink) -> None:
        if found := _answers_in(tuple(value)):
            read_pair(value, (found[0], found[1]), _better(value.get(verdict), [*map(_model, found)]), sink)

    return _made(verdict, fits, read, ())._replace(decided_by=(verdict, is_model))


def _by_object(answers: str, verdict: str) -> Shape:
    """Return the shape of an object with the answers of two models under their names."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        read_pair(value, (answers, answers), None, sink)  # the prompt alone
        given = value[answers]
        if not _are_two_texts(given) or (better := _better(value.get(verdict), [*given])) is None:
            return
        sides = [*given] if better == 0 else [*given][::-1]
        for side, model in zip(("chosen", "rejected"), sides, strict=True):
            read_side(given[model], member_of(f"$.{answers}", model), sink, response=True, side=side)

    fits = having(answers, verdict, any_of=PROMPTS, none_of=("messages", "chosen", "rejected", "response"))
    return _made(verdict, fits, read, (answers,))._replace(decided_by=(answers, _are_two_texts))


def _made(
    verdict: str,
    fits: Callable[[Collection[str]], bool],
    read: Callable[[dict[str, Any], Sink], None],
    answers: tuple[str, ...],
) -> Shape:
    keys = (*answers, verdict, *PROMPTS)
    return pair_shape((), verdict, fits, read)._replace(
        title=f"answers under the names of two models, and the better one ({', '.join((*answers, verdict))})",
        keys=(*keys, "id"),
        reads=keys,
    )


@lru_cache(maxsize=256)
def _answers_in(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of two answers with a model's name in each, ``response_gpt4``; none for more or fewer."""
    found = () if _PROMPTS.isdisjoint(keys) else tuple(key for key in keys if _model(key))
    return found if len(found) == _TWO else ()


def _model(key: str) -> str:
    """Return the model in the key of its answer, ``gpt4`` of ``gpt4_response``; empty for other keys."""
    if len(key) > _LONGEST:
        return ""
    names = (name for word in ANSWER_WORDS for name in (key.removeprefix(f"{word}_"), key.removesuffix(f"_{word}")))
    return next((name for name in names if name != key and model_names.is_model(name)), "")


def _better(said: object, models: Sequence[str]) -> int | None:
    return place_of(letters_of(str(said)), [*map(letters_of, models)])


def _are_two_texts(value: object) -> bool:
    return isinstance(value, dict) and len(value) == _TWO and all(isinstance(each, str) for each in value.values())


_PROMPTS: Final = frozenset(PROMPTS)
SHAPES: Final = (
    *map(_by_key, MODEL_VERDICTS),
    *(_by_object(answers, verdict) for answers in _OBJECTS for verdict in MODEL_VERDICTS),
)
