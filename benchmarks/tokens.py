"""Compare counts of tokens, pieces and spans of the packaged vocabularies with the library tokenizers.

    python benchmarks/tokens.py FOLDER TOKENIZER.json MODEL

FOLDER has datasets. The first rows of each JSON and JSON Lines file are rendered with the template of MODEL, a name
whose vocabulary a package ships, and in addition taken as they are, half of them with control tokens around them.
TOKENIZER.json is the file of that model. Exits with 1 if any text differs.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from datalint.models.find import find_model
from datalint.models.model import Model, load_tokenizer
from datalint.models.rows import RowModel
from datalint.models.tokenizer import LibraryTokenizer, Tokenizer
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

ROWS = 40
CHARS = 3000


def lines(folder: Path) -> Iterator[list[str]]:
    """Yield the first lines of each file."""
    for path in sorted(folder.rglob("*.json*")):
        with path.open(encoding="utf-8", errors="ignore") as file:
            yield list(islice(file, ROWS))


def records(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the first rows of each file that has any."""
    for path in sorted(folder.rglob("*.json*")):
        text = path.read_text(encoding="utf-8", errors="ignore")
        try:
            values = json.loads(text) if path.suffix == ".json" else [*map(json.loads, text.splitlines()[:ROWS])]
        except ValueError:
            continue
        if isinstance(values, list) and (rows := [each for each in values[:ROWS] if isinstance(each, dict)]):
            yield rows


def raw(folder: Path, control: list[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield lines as they are, and up to two spans in each."""
    chosen = random.Random(1)
    for line in (line for each in lines(folder) for line in each):
        text = line[:CHARS]
        if chosen.random() < 0.5:
            text = f"{chosen.choice(control)}user\n{text}{chosen.choice(control)}x{chosen.choice(control)}"
        edges = sorted(chosen.sample(range(len(text) + 1), min(4, len(text) + 1) & ~1))
        yield text, list(zip(edges[::2], edges[1::2], strict=True))


def rendered(folder: Path, model: Model) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield renderings, and the spans of each that carry loss."""
    for rows in records(folder):
        for row in render(rows, model):
            yield from ((each.text, list(each.spans)) for each in row if not each.failure)


def render(rows: list[dict[str, Any]], model: Model) -> list[Any]:
    """Return the renderings of rows."""
    runner = RowModel.__new__(RowModel)
    runner.model = model
    return runner.render(rows, flatten(rows, Detector()))


def compare(title: str, texts: Iterator[tuple[str, list[tuple[int, int]]]], ours: Tokenizer, theirs: Tokenizer) -> int:
    """Print how many texts are equal in tokens, pieces and spans, and return how many differ."""
    tokens = wrong = number = 0
    for text, spans in texts:
        number += 1
        (expected,) = theirs.measure([text], [spans])
        (found,) = ours.measure([text], [spans])
        tokens += expected.tokens
        wrong += expected != found or theirs.pieces(text) != ours.pieces(text)
    print(f"{title}: {number - wrong:,} of {number:,} texts are equal, {tokens:,} tokens")
    return wrong


def main(arguments: list[str]) -> int:
    """Compare."""
    folder, file, name = arguments
    model = Model(find_model(name))
    ours = load_tokenizer(model.spec)
    assert ours is not None, f"no package has the vocabulary of {name}"
    theirs = LibraryTokenizer.read(file)
    wrong = compare(f"{name}, rows in its template", rendered(Path(folder), model), ours, theirs)
    wrong += compare(f"{name}, lines as they are", raw(Path(folder), sorted(ours.special)), ours, theirs)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
