"""Pieces of text that are put before, after or into real texts."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.carriers import Row, Talk
from benchmarks.accuracy.plants.prose import plain, prose


def after(piece: str) -> object:
    return lambda value: f"{value}{piece}" if prose(value) else None


def before(piece: str) -> object:
    return lambda value: f"{piece}{value}" if prose(value) else None


def thinks(opened: str, closed: str = "") -> object:
    return lambda value: (
        f"{opened}The user wants a short answer, so I keep it brief.{closed}\n\n{value}" if prose(value) else None
    )


def padded(before: str, after: str = "") -> object:
    return lambda t: t.with_answer(f"{before}{t.answer}{after}").share() if prose(t.answer) else None


def history(before: str, after: str = "") -> object:
    """Return a change of conversations with an earlier answer, to which something is added."""

    def change(value: Talk) -> Row | None:
        if len(value.turns) < 4 or any("<" in text for _, text in value.turns):
            return None
        row = value.chat()
        first = next(each for each in row["messages"] if each["role"] == "assistant")
        first["content"] = f"{before}{first['content']}{after}"
        return row

    return change


def again(change: object) -> object:
    """Return a change of conversations whose last answer becomes one made of an earlier answer."""

    def apply(value: Talk) -> Row | None:
        earlier = [text for role, text in value.turns[:-1] if role == "assistant" and len(text) > 100]
        return value.with_answer(change(earlier[0])).chat() if earlier else None  # type: ignore[operator]

    return apply


def items(*items: str, mark: str = "- ") -> object:
    return plain(lambda _: "\n".join(mark + item for item in items))


FIRST_: Final = "Sort the incoming letters by their date"
SECOND: Final = "Answer the ones that are more than a week old"
THIRD: Final = "File everything that needs no answer at all"
#: A last line of several sentences, and one whose last word can be cut off.
ENDED: Final = r"[a-z]{3}\. [^.!?\n]{40,}[a-z]{3}\. [^.!?\n]{40,}[a-z]{3}\.$"
LAST: Final = (
    r"[a-z]{3}\. [^.!?\n]{40,}[a-z]{3}\. [^.!?\n]{40,}[a-z]{6,}(?<!through)(?<!without)(?<!between) [a-z]{4,}\.$"
)
CARD: Final = "4024007103939509"
