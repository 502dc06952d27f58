"""Passages and dialogues that questions are about, and answers to these, in the forms in which datasets have them."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.parallel import listed

#: Keys of the speaker and of the text of a turn in a dialogue.
_SPEAKERS: Final = ("speaker", "speakers")
_SAID: Final = ("utterance", "text", "content")


def are_marked(value: object) -> bool:
    """Return whether a value is a list of options with a 1 or 0 each, which says whether it is right (MultiRC)."""
    return (
        isinstance(value, list)
        and len(value) > 1
        and all(isinstance(each, dict) and isinstance(each.get("text"), str) for each in value)
        and all(each.get("label") in (0, 1) for each in value)
    )


def dialogue_of(value: Any) -> Any:
    """Return the turns of a dialogue as lines, each after the names of its speakers."""
    return "\n".join(map(_line, value)) if isinstance(value, list) else value


def _line(turn: Any) -> str:
    said = (
        next((turn[key] for key in _SAID if isinstance(turn.get(key), str)), None) if isinstance(turn, dict) else None
    )
    if said is None:
        return as_text(turn)
    named = next((turn[key] for key in _SPEAKERS if turn.get(key)), "")
    names = ", ".join(map(str, named)) if isinstance(named, list) else str(named)
    return f"{names}: {said}" if names else said


def member_of(path: str, key: str) -> str:
    """Return the JSON path of a key of the object at ``path``."""
    return f"{path}.{key}" if key.isidentifier() else f'{path}["{key}"]'


def text_of_spans(value: Any) -> Any:
    """Return the text of an answer that is a number, spans of the passage or a date, as DROP has them, or a text."""
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, dict) and first.keys() == {"text"}:
        return first["text"]
    if not isinstance(value, dict) or "spans" not in value:
        return value
    spans = value["spans"] if isinstance(value["spans"], list) else []
    dates = value.get("date")
    date = " ".join(str(each) for each in dates.values() if each) if isinstance(dates, dict) else ""
    return value.get("number") or "\n".join(each for each in spans if isinstance(each, str)) or date


def sections_of(value: object) -> Any:
    """Return the sections of a paper as texts, each below its name (Qasper: ``section_name`` and ``paragraphs``).

    A text is returned as it is.
    """
    if isinstance(value, str):
        return value
    sections = [each for each in listed(value) if isinstance(each, dict)]
    return ["\n".join(map(as_text, _lines_of(each))) for each in sections]


def _lines_of(section: dict[str, Any]) -> list[Any]:
    name, paragraphs = section.get("section_name"), section.get("paragraphs")
    return [*([name] if name else []), *(paragraphs if isinstance(paragraphs, list) else [])]


def annotated_answer(value: object) -> str | None:
    """Return what one annotator answered, as Qasper has it; empty if the question has no answer, None for others."""
    answer = value.get("answer") if isinstance(value, dict) else None
    answer = answer[0] if isinstance(answer, list) and answer else answer
    if not isinstance(answer, dict) or not {"free_form_answer", "extractive_spans"} <= answer.keys():
        return None
    if isinstance(answer.get("yes_no"), bool):
        return "Yes" if answer["yes_no"] else "No"
    spans = answer["extractive_spans"]
    return str(answer["free_form_answer"] or "") or ", ".join(map(as_text, spans if isinstance(spans, list) else ()))
