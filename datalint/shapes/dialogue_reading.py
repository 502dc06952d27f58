"""Reading of dialogues: lists of objects or texts as turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.records.canonical import as_text
from datalint.shapes.dialogues import LOOKED_AT, MOST_KEYS, as_objects, begin_with_answers, pair, roles_of, spelling
from datalint.shapes.messages import read_messages
from datalint.shapes.parallel import objects_of
from datalint.shapes.separate_speakers import Said, turns_apart
from datalint.shapes.sink import Sink, canonical_role
from datalint.shapes.turn_keys import CROSSED_KEYS, STANDARD_KEYS
from datalint.support.names.message_keys import STANDARD_ROLES


def read_dialogue(
    turns: Sequence[Any] | Mapping[str, Any],
    path: str,
    sink: Sink,
    *,
    answered: bool = False,
    answerer: str = "",
) -> None:
    """Read a list of turns or of pairs; texts alone are those of two who take turns.

    If it is ``answered`` by what is read next, the last of such texts is the user's, else the first one. ``answerer``
    is the name of the speaker who answers; without one, roles go by the names of all speakers.
    """
    if isinstance(turns, Mapping):
        _read_spoken(objects_of(turns), path, sink, answerer, text_at=".{1}[{0}]")
        return
    if said := turns_apart(turns, unanswered=True):
        _read_said(said, path, sink, answerer)
        return
    pairs = bool(turns) and isinstance(turns[0], list)
    turns = as_objects(turns)
    keys = spelling(turns[0]) if turns else None
    if not answerer and keys in (*STANDARD_KEYS, *CROSSED_KEYS, ("role", "text")):
        role, content = keys
        if all(canonical_role(_said(turn, role)) in STANDARD_ROLES for turn in turns[:LOOKED_AT]):
            read_messages(list(turns), path, sink, role=role, content=content)
            return
    if keys is not None and (len(turns[0]) > MOST_KEYS or pair(turns[0]) is None):
        _read_spoken(turns, path, sink, answerer, text_at="[{0}][1]" if pairs else "[{0}].{1}")
        return
    if len(turns) > 1 and len(turns) % 2 and not answered and all(isinstance(turn, str) for turn in turns):
        turns = turns[:-1]  # nobody answers the last one
    if begin_with_answers(turns):
        _read_answers_first(turns, path, sink)
    else:
        _read_pairs(turns, path, sink, later=(len(turns) + 1) % 2 if answered else 0)


def _read_pairs(turns: Sequence[Any], path: str, sink: Sink, *, later: int) -> None:
    """Read pairs of a prompt and a response, or texts of two who take turns, the first of which is a response if 1."""
    for index, turn in enumerate(turns):
        at = f"{path}[{index}]"
        both = pair(turn)
        if both is not None:
            sink.prompt(as_text(turn[both[0]]), f"{at}.{both[0]}")
            sink.response(_one(turn[both[1]]), f"{at}.{both[1]}")
        elif isinstance(turn, str):
            (sink.response if (index + later) % 2 else sink.prompt)(turn, at)
        elif isinstance(turn, list) and len(turn) == 2:
            sink.prompt(turn[0], f"{at}[0]")
            sink.response(turn[1], f"{at}[1]")


def _read_answers_first(turns: Sequence[Any], path: str, sink: Sink) -> None:
    """Read items in which an answer stands before the next prompt; nobody answers the last one."""
    for index, turn in enumerate(turns):
        asked, said = pair(turn) or ("", "")
        if index:
            sink.response(_one(turn[said]), f"{path}[{index}].{said}")
        if index + 1 < len(turns):
            sink.prompt(as_text(turn[asked]), f"{path}[{index}].{asked}")


def _read_spoken(turns: Sequence[Any], path: str, sink: Sink, answerer: str, *, text_at: str) -> None:
    """Read turns with their speakers; ``text_at`` is the place of a text, by the number and the key of its turn."""
    said: list[Said] = []
    for index, turn in enumerate(turns):
        if (keys := spelling(turn)) is not None:
            text = turn[keys[1]]
            at = text_at.format(index, keys[1])
            said.append(Said(str(turn[keys[0]]), text if isinstance(text, str) else as_text(text), at))
    _read_said(said, path, sink, answerer)


def _read_said(said: Sequence[Said], path: str, sink: Sink, answerer: str) -> None:
    """Read the texts of speakers; successive texts of one speaker are one turn.

    Turns after the last answer, such as a goodbye, teach nothing.
    """
    roles = roles_of([name for name, _, _ in said], answerer)
    answers = [place for place, (name, _, _) in enumerate(said) if roles.get(name) == "assistant"]
    said = said[: answers[-1] + 1] if answers else said
    place = 0
    while place < len(said):
        name, text, at = said[place]
        role, texts = roles.get(name, "user"), [text]
        place += 1
        while place < len(said) and roles.get(said[place][0], "user") == role:
            texts.append(said[place][1])
            place += 1
        sink.add(role, "\n".join(texts), path + at)


def _said(turn: Any, role: str) -> object:
    return turn.get(role) if isinstance(turn, Mapping) else None


def _one(answer: Any) -> Any:
    """Return an answer, or the first of those that are all right."""
    if isinstance(answer, list) and answer and isinstance(answer[0], str):
        return answer[0]
    return answer if isinstance(answer, str | int | float) else as_text(answer)
