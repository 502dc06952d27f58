"""Measures shingles and thresholds on labelled data, and draws the curves.

    python benchmarks/curves.py FOLDER                       some minutes; --docs needs matplotlib

Three sets have labels: `febrl3` (records with typing errors, and which are of one person), `mawps` (word problems and
their answers: one template with other numbers has another answer) and `banking77` (questions and their intents). Of
the other files, rows are copied with a small change, which makes their originals the right answer. The pieces of a
text are runs of characters or words; a pair's similarity is that of its sets of pieces, by brute force. ``--docs``
puts the table and the picture into docs/.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from brute import Pairs, alike, files
from running import PAGE, Table, command, parser, publish

from datalint.core.errors import DatalintError
from datalint.neardup import Shingling
from datalint.neardup.evaluate.mutations import MUTATIONS, pieces
from datalint.neardup.text.shingles import shingle_hashes
from datalint.operations.clusters import load_rows
from datalint.sources import open_sources

SHINGLES: Final = ("char-3", "char-4", "char-5", "char-6", "char-7", "word-1", "word-2", "word-3")
THRESHOLDS: Final = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))
TABLED: Final = (0.5, 0.6, 0.7, 0.8, 0.9)
LEAST: Final = THRESHOLDS[0]
#: Share of pairs of questions that have one intent from which a threshold counts as sure.
SURE: Final = 0.95
#: Of pairs of web texts, the share that is as similar as what is told of unrelated texts, or more.
_CHANCE: Final = 1e-3
#: Files with labels of their own; what is drawn of the others are copies.
LABELLED: Final = ("febrl3", "mawps", "banking77")
#: Rows copied of a file, and rows that a file must have.
COPIED: Final = 25
_ENOUGH: Final = 200
#: What datalint compares by unless told otherwise.
DEFAULT: Final = ("char-5", 0.7)
_INK: Final = "#808890"
_COLOURS: Final = dict(
    zip(SHINGLES, ("#6fb3dc", "#4a97c9", "#2f81f7", "#4f6db8", "#6a51a3", "#e6a23c", "#e0702f", "#c94f4f"), strict=True)
)
Curve = list[float]


@dataclass(frozen=True, slots=True)
class Curves:
    """Shares at each of the thresholds: of what should be found, and of what is found rightly."""

    copies: Curve
    links_found: Curve
    links_right: Curve
    answers: Curve
    intents: Curve
    unrelated: float

    def first_sure(self) -> int:
        """Return where the first threshold stands from which questions alike have one intent."""
        return next((at for at, value in enumerate(self.intents) if value >= SURE), len(THRESHOLDS) - 1)


def sets(texts: Sequence[str], shingle: str) -> list[frozenset[int]]:
    """Return the pieces of texts, in lower case with white space as one space."""
    plain = [" ".join(text.lower().split()) for text in texts]
    hashes, counts = shingle_hashes(plain, Shingling.parse(shingle))
    return [frozenset(some.tolist()) for some in np.split(hashes, np.cumsum(counts)[:-1])]


def records(folder: Path) -> tuple[list[str], set[tuple[int, int]]]:
    """Return records as text, without their names, and which are of one person."""
    with (folder / "febrl3" / "dataset3.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, skipinitialspace=True))[1:]
    links = (line.split("\t") for line in (folder / "febrl3" / "truth_links.tsv").read_text().splitlines())
    return [" ".join(row[1:]) for row in rows], {(int(a), int(b)) for a, b, *_ in links if a.isdigit()}


def problems(folder: Path) -> tuple[list[str], list[Any]]:
    """Return word problems and their answers; of those that are the same word for word only the first."""
    lines = (folder / "mawps" / "test.json").read_text(encoding="utf-8").splitlines()
    rows = {" ".join(row["input"].lower().split()): row["target"] for row in map(json.loads, lines)}
    return list(rows), list(rows.values())


def questions(folder: Path) -> tuple[list[str], list[Any]]:
    """Return questions and their intents."""
    with (folder / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        rows = {" ".join(row["text"].lower().split()): row["category"] for row in csv.DictReader(file)}
    return list(rows), list(rows.values())


def copies(folder: Path, seed: int = 1) -> list[tuple[str, str]]:
    """Return rows of every large file without labels, each with a changed copy."""
    chance = random.Random(seed)
    found = []
    for path in files(folder):
        if path.relative_to(folder).parts[0] in (*LABELLED, "pairs"):
            continue
        try:
            rows = load_rows(open_sources([str(path)]), view="example")
        except DatalintError:
            continue
        if rows.places.height < _ENOUGH:
            continue
        some = chance.sample(range(rows.places.height), COPIED)
        texts = rows.reader.parts(np.array(some), "example")[0].to_list()
        words = [piece.rstrip() for text in texts for piece in pieces(text[:400])]
        for text, name in zip(texts, [*MUTATIONS] * COPIED, strict=False):
            changed = MUTATIONS[name](text, words, chance)
            if " ".join(changed.lower().split()) != text:
                found.append((text, changed))
    return found


def unrelated(folder: Path, shingle: str) -> float:
    """Return the similarity that one pair in a thousand of web pages reaches."""
    rows = [json.loads(line) for line in (folder / "lf-c4" / "c4_demo.jsonl").read_text(encoding="utf-8").splitlines()]
    found = sorted(alike(sets([row["text"] for row in rows], shingle), 1e-9).values(), reverse=True)
    return found[int(len(rows) * (len(rows) - 1) // 2 * _CHANCE)]


def share(pairs: Pairs, right: Callable[[tuple[int, int]], bool]) -> Curve:
    """Return the share of pairs that are right, of those over each threshold."""
    ordered = [(similarity, right(pair)) for pair, similarity in pairs.items()]
    out = []
    for threshold in THRESHOLDS:
        over = [good for similarity, good in ordered if similarity >= threshold]
        out.append(sum(over) / len(over) if over else 1.0)
    return out


def measure(folder: Path, shingle: str) -> Curves:
    """Return the curves of one kind of pieces."""
    people, links = records(folder)
    linked = alike(sets(people, shingle), LEAST)
    copied = copies(folder)
    both = zip(sets([old for old, _ in copied], shingle), sets([new for _, new in copied], shingle), strict=True)
    kept = [len(a & b) / len(a | b) for a, b in both if a | b]
    wording, answers = problems(folder)
    asked, intents = questions(folder)
    return Curves(
        copies=[sum(value >= threshold for value in kept) / len(kept) for threshold in THRESHOLDS],
        links_found=[
            sum(linked.get(pair, 0.0) >= threshold for pair in links) / len(links) for threshold in THRESHOLDS
        ],
        links_right=share(linked, links.__contains__),
        answers=share(alike(sets(wording, shingle), LEAST), lambda pair: answers[pair[0]] == answers[pair[1]]),
        intents=share(alike(sets(asked, shingle), LEAST), lambda pair: intents[pair[0]] == intents[pair[1]]),
        unrelated=unrelated(folder, shingle),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    made_parser = parser(__doc__)
    made_parser.add_argument("folder", type=Path, metavar="FOLDER", help="holds febrl3, mawps, banking77 and others")
    given = made_parser.parse_args(arguments)
    table = Table("pieces", "from", "copies found", "links found", "links right", "same answer", "same intent", right=6)
    curves = {}
    for shingle in SHINGLES:
        curves[shingle] = found = measure(given.folder, shingle)
        for threshold in TABLED:
            at = THRESHOLDS.index(threshold)
            columns = (found.copies, found.links_found, found.links_right, found.answers, found.intents)
            table.add(shingle, f"{threshold:g}", *(f"{100 * column[at]:.0f} %" for column in columns))
    print()
    head = ("pieces", "from", "copies found", "links found", "same intent", "unrelated pages reach")
    chosen = Table(*head, right=5)
    for shingle, found in curves.items():
        at = found.first_sure()
        columns = (found.copies[at], found.links_found[at], found.intents[at])
        cells = (f"{THRESHOLDS[at]:.2f}", *(f"{100 * value:.0f} %" for value in columns), f"{found.unrelated:.2f}")
        chosen.add(shingle, *cells)
    chosen.say("")
    chosen.say(f"`{command().replace(str(given.folder), 'FOLDER')}`")
    if given.docs:
        publish("curves", chosen.lines, PAGE.with_name("near-duplicates.md"))
        draw(curves, PAGE.parent / "images" / "near-duplicates.svg")


def draw(curves: Mapping[str, Curves], path: Path) -> None:
    """Draw the curves as SVG, in colours that stand on light and on dark."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "datalint", "font.family": "sans-serif", "font.size": 9}
    figure = Figure(figsize=(10, 3.4), layout="constrained")
    panels = (("changed copies found", "copies"), ("linked records found", "links_found"), ("same intent", "intents"))
    for axes, (title, name) in zip(figure.subplots(1, len(panels)), panels, strict=True):
        for shingle, found in curves.items():
            own = {"linewidth": 3.0, "zorder": 3} if shingle == DEFAULT[0] else {"linewidth": 1.2}
            style = "--" if shingle.startswith("word") else "-"
            values = [100 * value for value in getattr(found, name)]
            axes.plot(THRESHOLDS, values, style, color=_COLOURS[shingle], label=shingle, **own)
        axes.axvline(DEFAULT[1], color=_INK, linewidth=0.8, linestyle=":")
        axes.set_title(title, color=_INK)
        axes.set_xlabel("similarity from", color=_INK)
        axes.yaxis.set_major_formatter("{x:.0f} %")
        axes.tick_params(colors=_INK)
        axes.grid(color=_INK, alpha=0.2)
        axes.patch.set_alpha(0)
        for edge in axes.spines.values():
            edge.set_color(_INK)
    handles, names = axes.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside right center", labelcolor=_INK, frameon=False)
    figure.savefig(path, format="svg", transparent=True, metadata={"Date": None, "Title": "Shingles and thresholds"})
    path.write_text("".join(f"{line.rstrip()}\n" for line in path.read_text().splitlines()), encoding="utf-8")


if __name__ == "__main__":
    main()
