"""The order of lines: running texts, and lists of which each line is an example."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

import datalint
from datalint.engine.reduce.duplicates.running_text import Order, order_of

_WORDS = [
    f"{a}{b}{c}"
    for a in "blckmprst"
    for b in ("ra", "ento", "ilu", "osa", "uvi", "ate", "ygo")
    for c in ("n", "rd", "lt", "ma", "kos", "dig", "")
]


def order(lines: Sequence[str]) -> Order:
    return order_of(len(lines), lambda some: [lines[place] for place in some])


def chained(random: Random, count: int) -> list[str]:
    """Return lines of which each takes up a word of the one before, in the way of a dialogue."""
    lines = [random.sample(_WORDS, 6)]
    while len(lines) < count:
        lines.append([random.choice(lines[-1]), *random.sample(_WORDS, 5)])
    return [" ".join(random.sample(line, len(line))) for line in lines]


def test_lines_that_continue_the_ones_before_follow() -> None:
    lines = chained(Random(1), 600)
    assert order(lines) == Order(runs_on=False, follows=True, spaceless=False)
    Random(2).shuffle(lines)
    assert not order(lines).follows


def test_lines_of_wrapped_prose_run_on() -> None:
    random = Random(3)
    text = " ".join(" ".join(random.sample(_WORDS, 12)).capitalize() + "." for _ in range(200)).split()
    wrapped = [" ".join(text[place : place + 9]) for place in range(0, len(text), 9)]
    # Some lines end where a sentence does.
    wrapped += [sentence for sentence in wrapped if sentence.endswith(".")]
    assert order(wrapped).runs_on


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"{word}," for word in _WORDS], id="keywords"),
        pytest.param([f"{word} said it, {word} meant it." for word in _WORDS], id="sentences"),
        pytest.param([f"{word} near here" + ("," if word[0] == "b" else ".") for word in _WORDS[:30]], id="too few"),
        pytest.param([f"@{word} see https://example.com/{word}," for word in _WORDS], id="messages"),
        pytest.param(sorted(chained(Random(4), 600)), id="sorted"),
        pytest.param(
            [f"{a} {b} {c} again {n}" for a in _WORDS[:60] for b in ("x",) for c in ("y",) for n in range(9)],
            id="alike",
        ),
        pytest.param([f"so {word}{',,' if word[0] == 'b' else '.'}" for word in _WORDS], id="doubled commas"),
        pytest.param([""] * 100, id="nothing"),
    ],
)
def test_lists_have_no_order(lines: list[str]) -> None:
    assert order(lines)[:2] == (False, False)


def test_no_line_of_a_running_text_is_a_copy_nor_a_blank_one_empty(tmp_path: Path) -> None:
    lines = chained(Random(5), 700)
    signature = "In the name of the league of the free towns and villages on the river, Konrad Example"
    for place in (90, 300, 500):
        lines[place] = signature
    lines[650] = f"{lines[3]} {lines[4]}"
    lines[640] = lines[650].upper()
    path = tmp_path / "book.txt"
    path.write_text("\n\u2003\n\u3000\n\f\n".join(["\n".join(lines[:400]), "\n".join(lines[400:])]), encoding="utf-8")
    found = datalint.lint(str(path), config={"select": ["DIV001", "DIV002", "DIV003", "QUA002"]})
    assert not found.findings
    assert "book.txt: 3 lines of a running text repeat earlier ones: not counted as copies" in found.notes


def wrapped(random: Random, sentences: int) -> list[str]:
    """Return lines of prose that were broken after nine words, whatever the sentence says."""
    said = (" ".join(random.sample(_WORDS, 12)).capitalize() + random.choice((".", ",", ".")) for _ in range(sentences))
    words = " ".join(said).split()
    return [" ".join(words[place : place + 9]) for place in range(0, len(words), 9)]


def test_broken_lines_in_a_table_are_no_copies_but_sentences_are(tmp_path: Path) -> None:
    lines = wrapped(Random(6), 400)
    for place in (40, 200, 330):
        lines[place] = "(Long applause from all sides.)"
    path = tmp_path / "minutes.csv"
    path.write_text("text,names\n" + "".join(f'"{line}",[]\n' for line in lines), encoding="utf-8")
    found = datalint.lint(str(path), config={"select": ["DIV001", "DIV002"]})
    assert not found.findings
    assert "minutes.csv: 2 lines of a running text repeat earlier ones: not counted as copies" in found.notes
    sentences = [f"{' '.join(Random(place).sample(_WORDS, 8)).capitalize()}." for place in range(300)]
    sentences[200] = sentences[100]
    path.write_text("text,names\n" + "".join(f'"{line}",[]\n' for line in sentences), encoding="utf-8")
    assert [each.rule for each in datalint.lint(str(path), config={"select": ["DIV001"]}).findings] == ["DIV001"]


def test_short_exchanges_of_a_dialogue_are_no_copies_but_scenes_are(tmp_path: Path) -> None:
    said = chained(Random(7), 200)
    said[50:52] = said[90:92] = said[150:152] = ["how are you?", "very well, thanks."]
    said[170:176] = said[20:26]
    rows = [{"prompt": one, "completion": other} for one, other in pairwise(said)]
    path = tmp_path / "talk.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    found = datalint.lint(str(path), config={"select": ["DIV001"]})
    assert [each.line for each in found.findings] == [171, 172, 173, 174, 175]
    assert (
        "talk.jsonl: 2 short exchanges of a running dialogue repeat earlier ones: not counted as copies" in found.notes
    )
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows[::2]), encoding="utf-8")
    assert datalint.lint(str(path), config={"select": ["DIV001"]}).findings


def leaked(folder: Path, lines: Sequence[str], held: Sequence[str]) -> list[str]:
    """Return the messages of the leaks between two files of lines."""
    for name, some in (("train.txt", lines), ("valid.txt", held)):
        (folder / name).write_text("".join(f"{line}\n" for line in some), encoding="utf-8")
    found = datalint.lint(
        str(folder / "train.txt"),
        config={"select": ["RDY003", "RDY004"], "eval": [str(folder / "valid.txt")]},
    )
    return [finding.message for finding in found.findings]


def test_short_lines_of_a_running_text_are_no_leaks_by_themselves(tmp_path: Path) -> None:
    lines, held = chained(Random(6), 700), chained(Random(7), 300)
    for place in (90, 300, 500):
        lines[place] = held[place // 2] = "well it is nice to talk to you"
    assert leaked(tmp_path, lines, held) == []


def test_a_passage_of_a_running_text_leaks(tmp_path: Path) -> None:
    lines, held = chained(Random(6), 700), chained(Random(7), 300)
    lines[600] = lines[20]
    held[100:103] = lines[40:43]
    held[200] = f"{lines[80]} {lines[81]}"
    lines[500] = held[200]
    assert leaked(tmp_path, lines, held) == [
        f"also in the evaluation set: line {line} of valid.txt" for line in (101, 102, 103, 201)
    ]
