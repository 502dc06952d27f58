"""JSON Lines with a few damaged lines, and what a reader must find in them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from hypothesis import strategies as st


def row(number: int, layout: int) -> dict[str, Any]:
    """Return a row in one of three layouts, with texts that look like parts of JSON."""
    said = f'No. {number}: "{{" opens, and C:\\new ends at [1, 2]}} é.'
    turns = [{"role": "user", "content": f"What is {number}?"}, {"role": "assistant", "content": said}]
    layouts = (
        {"prompt": f"What is {number}?", "completion": said},
        {"messages": turns},
        {"id": number, "prompt": f"What is {number}?", "completion": said, "tags": {"of": [number, None]}},
    )
    return layouts[layout]


@dataclass
class Lines:
    """Lines with their rows, the line that each row begins on, and the lines that are cut, counted from 1.

    ``unclosed`` are rows of which only closing brackets are cut, by their line: they may be read.
    """

    layout: int = 0
    lines: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    unclosed: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return "\n".join(self.lines).encode()

    def add(self, kind: str, share: float = 0.5) -> None:
        """Add one piece: ``good``, ``two`` or ``three`` rows on a line, ``pretty``, ``blank``, or a row that is cut.

        ``share`` is the part of the row that is left of it; of 1, all but its last bracket.
        """
        line, number = len(self.lines) + 1, 3 * len(self.lines) + 1
        size = {"two": 2, "three": 3, "blank": 0, "cut": 0}.get(kind, 1)
        rows = [row(number + at, self.layout) for at in range(size)]
        self.rows += rows
        self.places += [line] * size
        if kind == "cut":
            whole = json.dumps(row(number, self.layout), ensure_ascii=False)
            # After a line that is cut where a value may follow, a part of a first key may be a part of that value.
            before = next((each for each in reversed(self.lines) if each), "").rstrip()
            least = whole.index(":") if before.endswith((":", ",", "[")) else 1
            self.lines.append(left := whole[: max(int(share * (len(whole) - 1)), least)])
            self.cut.append(line)
            if not whole[len(left) :].strip("]}"):
                self.unclosed[line] = json.loads(whole)
        elif kind == "pretty":
            self.lines += json.dumps(rows[0], indent=1).split("\n")
        else:
            self.lines.append("".join(json.dumps(each, ensure_ascii=False) for each in rows))


KINDS: Final = ("good", "good", "good", "two", "three", "pretty", "blank")


@st.composite
def damaged(draw: st.DrawFn) -> Lines:
    """Draw good rows with one or two lines that are cut, at any places."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=7))
    for _ in range(draw(st.integers(1, 2))):
        kinds.insert(draw(st.integers(0, len(kinds))), "cut")
    found = Lines(draw(st.integers(0, 2)))
    for kind in kinds:
        found.add(kind, draw(st.one_of(st.just(1.0), st.floats(0, 1))) if kind == "cut" else 1)
    return found
