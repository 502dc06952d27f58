"""Conversations as text: a speaker, a colon and a text on each line, and a blank line after each conversation.

A ``>`` may be in the place of the colon, and questions and answers may be numbered (``Q1. …``, ``A1. …``). Two speakers
may be named ``A`` and ``B``: then the first one asks. The number of a turn may be before its speaker. In other texts,
questions have a number and no speaker, or neither of the two lines of a block has one. The speaker may be a heading
(``### Question``, ``=== USER ===``) above the text, or in brackets before it: ``(user): …``, ``[user] …``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.sentence_signs import QUESTION_MARKS

#: The containers of conversations, of those between two speakers without a role, of numbered questions, and of blocks
#: that are a line with a question and one with its answer.
DIALOGUE: Final = "dialogue"
BETWEEN_TWO: Final = "dialogue-between-two"
NUMBERED: Final = "numbered-questions"
TWO_LINES: Final = "questions-in-two-lines"
_LINE: Final = re.compile(
    r"[ \t]{0,9}(?:#{1,4}[ \t]{1,9})?([^\W\d_][\w .'-]{0,24}?)[ \t]?[:：>](?=\s|$)[ \t]?(.*)", re.DOTALL
)
#: A speaker in brackets; without a colon, a word in round ones may be a remark.
_IN_BRACKETS: Final = re.compile(
    r"[ \t]{0,9}(?:[(\[<]([^\W\d_][\w .'-]{1,24})[)\]>][ \t]?[:：]|[\[<]([^\W\d_][\w .'-]{1,24})[\]>])"
    r"(?=\s|$)[ \t]?(.*)",
    re.DOTALL,
)
_NUMBERED_LINE: Final = re.compile(
    r"[ \t]{0,9}(q|question|a|ans|answer)[ \t]?[0-9]{1,4}[ \t]?[.)](?=\s|$)[ \t]?(.*)", re.DOTALL | re.IGNORECASE
)
#: A speaker after the number of the turn, without a sign between them: ``1 USER: …``.
_NUMBERED_TURN: Final = re.compile(
    r"[ \t]{0,9}[0-9]{1,4}[ \t]{1,3}([^\W\d_]{2,24})[ \t]?[:：](?=\s|$)[ \t]?(.*)", re.DOTALL
)
#: A heading with the speaker of the lines below it: ``### User``, ``=== User ===``. Headings of an input and an output
#: may be of a task.
_HEADING: Final = re.compile(
    r"[ \t]{0,9}(?:#{1,6}[ \t]{1,9}|([=*_~-])\1{1,9}[ \t]{0,9})"
    r"(question|prompt|instruction|user|human|answer|response|assistant)"
    r"[ \t]?[0-9]{0,4}(?(1):?[ \t]{0,9}\1{2,10}:?)[ \t\r]{0,9}",
    re.IGNORECASE,
)
#: Signs that a heading, or a speaker in brackets, begins with.
_SIGNS: Final = tuple("#=*_~-[<(")
#: A question that has a number and nobody who asks it.
_NUMBER: Final = re.compile(r"[ \t]{0,9}\(?[0-9]{1,4}[.)．、][ \t]{0,9}(.*)", re.DOTALL)
#: Names of those who ask, and of those who answer.
ASKING: Final = frozenset(
    """user human customer client caller patient student person question q prompt instruction input
    用户 客户 患者 问 пользователь клиент вопрос nutzer frage usuario pregunta utilisateur""".split()
)
ANSWERING: Final = frozenset(
    """assistant ai bot chatbot agent support doctor therapist counselor teacher tutor answer ans a response output
    completion model gpt system 助手 客服 医生 答 ассистент ответ assistent antwort asistente respuesta""".split()
)
#: Names of two speakers of whom neither has a role.
_TWO: Final = (("a", "b"), ("person a", "person b"), ("speaker a", "speaker b"))
#: Conversations that are needed to recognise the format; blocks of two lines, and shares of those with a question.
_LEAST: Final = 5
_LEAST_PAIRS: Final = 10
_SHARE: Final = 0.9


def dialogue_layout(head: bytes) -> str | None:
    """Return the container of the conversations at the beginning of a file; None for other texts."""
    blocks = re.split(rb"\n[ \t\r]{0,99}\n\s{0,999}", head.strip())
    # The last one may be cut.
    found = [block.decode("utf-8", "replace").split("\n") for block in blocks[:-1]]
    if len(found) < _LEAST:
        return None
    tests = ((DIALOGUE, _are_answered), (BETWEEN_TWO, _are_of_two), (NUMBERED, _are_numbered), (TWO_LINES, _are_pairs))
    return next((container for container, test in tests if test(found)), None)


def _are_answered(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether each block is asked first, and answered."""
    if _speaker(blocks[0][0]) == "":
        return False
    found = [[_speaker(line) for line in block] for block in blocks]
    found = [names[1:] if names[0] == "system" else names for names in found]
    return all(names[:1] != [] and names[0] in ASKING and not ANSWERING.isdisjoint(names) for names in found)


def _are_of_two(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether the first of two speakers without a role begins each block, and nearly all lines are of one of them."""
    for one, other in _TWO:
        if _name(blocks[0][0]) != one:
            continue
        found = [[_name(line) for line in block] for block in blocks]
        return all(names[0] == one and other in names for names in found) and all(
            sum(name in (one, other) for name in names) >= _SHARE * len(names) for names in found
        )
    return False


def _are_numbered(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether each block is a question with a number, and its answer in the next line."""
    return all(
        len(block) > 1 and _NUMBER.match(block[0]) is not None and _speaker(block[1]) in ANSWERING for block in blocks
    )


def _are_pairs(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all blocks are a line with a question and one without, of which the text has no other ones."""
    if len(blocks) < _LEAST_PAIRS or len(blocks[0]) != 2:
        return False
    pairs = [block for block in blocks if len(block) == 2]
    asked = sum(_asks(first) and not _asks(second) for first, second in pairs)
    return len(pairs) >= _SHARE * len(blocks) and asked >= _SHARE * len(pairs)


def _asks(line: str) -> bool:
    return line.rstrip().endswith(QUESTION_MARKS)


def said_by(line: str) -> tuple[str, str]:
    """Return the speaker of a line, in lower case, and the text; the name is empty if nobody asks or answers."""
    match = _LINE.match(line)
    if match is None and (heading := _HEADING.fullmatch(line)) is not None:
        return heading[2].lower(), ""
    if match is None and (bracketed := _IN_BRACKETS.match(line)) is not None:
        name = (bracketed[1] or bracketed[2]).rstrip("0123456789 ").lower()
        return (name, bracketed[3]) if name in ASKING or name in ANSWERING else ("", line)
    match = match if match is not None else _NUMBERED_LINE.match(line) or _NUMBERED_TURN.match(line)
    name = match[1].rstrip("0123456789 ").lower() if match is not None else ""
    return (name, match[2]) if match is not None and (name in ASKING or name in ANSWERING) else ("", line)


def is_heading(line: str) -> bool:
    """Return whether a line has the speaker of the lines below it, and nothing else but signs."""
    name, text = said_by(line)
    return name != "" and not text.strip() and line.lstrip().startswith(_SIGNS)


def name_before(line: str) -> str:
    """Return what a line has before its colon, or in brackets at its beginning; empty for other lines."""
    match = _LINE.match(line) or _IN_BRACKETS.match(line)
    return "" if match is None else (match[1] or match[2])


def _speaker(line: str) -> str:
    return said_by(line)[0]


def _name(line: str) -> str:
    """Return the text before the colon of a line, in lower case."""
    match = _LINE.match(line)
    return "" if match is None else match[1].lower()


def conversation(lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block whose first line has the number ``first``, and the problem with its text.

    A line without a speaker goes on with what the one before said; a block without any is a text. ``System`` answers
    where nobody else does.
    """
    said, problem = decoded_lines(lines, first)
    return (None, problem) if said is None else (_row(said, [said_by(text) for text in said]), problem)


def between_two(lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block with two speakers, of whom the first one asks."""
    said, problem = decoded_lines(lines, first)
    if said is None:
        return None, problem
    names = [_name(text) for text in said]
    one, other = next((pair for pair in _TWO if names[0] in pair), _TWO[0])
    roles = {one: "user", other: "assistant"}
    turns = [
        (roles[name], match[2]) if name in roles and (match := _LINE.match(text)) is not None else ("", text)
        for name, text in zip(names, said, strict=True)
    ]
    return _row(said, turns), problem


def numbered_question(lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block that begins with a number and a question, and the problem with its text."""
    said, problem = decoded_lines(lines, first)
    if said is None:
        return None, problem
    return _row(said, [numbered(said[0]), *map(said_by, said[1:])]), problem


def numbered(line: str) -> tuple[str, str]:
    """Return the speaker and the text of a line, in texts where a number marks a question."""
    match = _NUMBER.match(line)
    if match is None:
        return said_by(line)
    name, said = said_by(match[1])
    return (name, said) if name in ASKING else ("question", match[1])


def two_lines(lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block of a question and its answer, which are a line each."""
    said, problem = decoded_lines(lines, first)
    if said is None:
        return None, problem
    turns = [("user", said[0]), ("assistant", "\n".join(said[1:]))] if len(said) > 1 else [("", said[0])]
    return _row(said, turns), problem


def _row(said: Sequence[str], lines: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the row of lines with their speakers: a conversation, or a text if nobody speaks."""
    turns: list[tuple[str, str]] = []
    for name, text in lines:
        if name == "input" and turns and turns[-1][0] == "instruction":
            turns[-1] = ("instruction", f"{turns[-1][1]}\n{text}")
        elif name:
            turns.append((name, text))
        elif turns:
            turns[-1] = (turns[-1][0], f"{turns[-1][1]}\n{text}")
    if not turns:
        return {"text": "\n".join(said)}
    names = {name for name, _ in turns}
    has_system = "system" in names and not (names & ANSWERING <= {"system"})
    roles = {name: "user" if name in ASKING else "assistant" for name in names} | (
        {"system": "system"} if has_system else {}
    )
    return {"messages": [{"role": roles[name], "content": text.strip("\n")} for name, text in turns]}
