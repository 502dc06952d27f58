"""Compare counts of tokens, pieces and spans of the packaged vocabularies with the library tokenizers.

    python benchmarks/tokens.py FOLDER TOKENIZER.json MODEL
    python benchmarks/tokens.py FOLDER tekken.json MODEL
    python benchmarks/tokens.py FOLDER MODEL_FOLDER MODEL_FOLDER

FOLDER has datasets. The first rows of each JSON and JSON Lines file are rendered with the template of MODEL, a name
whose vocabulary a package ships, and in addition taken as they are, half of them with control tokens around them.
TOKENIZER.json is the file of that model. A tekken.json is compared with mistral-common, between the control tokens of
a text, since that library reads them in no text; MODEL is the template that it is used with. A folder with a tokenizer
is compared with what transformers makes of it. Exits with 1 if any text differs.
"""

from __future__ import annotations

import dataclasses
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from datalint.models.find import find_model
from datalint.models.model import Model, load_tokenizer
from datalint.models.rows import RowModel
from datalint.models.tekken import read_tekken
from datalint.models.tokenizer import LibraryTokenizer, Measured, Piece, Spans, Tokenizer
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


class MistralTokenizer:
    """The tokenizer of mistral-common, with control tokens in texts."""

    def __init__(self, path: str) -> None:
        from mistral_common.tokens.tokenizers.tekken import (  # type: ignore[import-not-found,unused-ignore]
            Tekkenizer,
        )

        self._library = Tekkenizer.from_file(path)
        size = self._library.num_special_tokens
        control = {self._library.id_to_piece(number): number for number in range(size)}
        self._control = control
        self._pattern = re.compile(f"({'|'.join(map(re.escape, sorted(control, key=len, reverse=True)))})")
        self.special = frozenset(control)

    def pieces(self, text: str) -> list[Piece]:
        """Return the tokens of a text, as a character's bytes are shared by them."""
        found, at = [], 0
        owner = [index for index, char in enumerate(text) for _ in char.encode()]
        for number, part in enumerate(self._pattern.split(text)):
            known = [self._control[part]] if number % 2 else self._library.encode(part, bos=False, eos=False)
            for each in known:
                size = len(part) if number % 2 else len(self._library.id_to_byte_piece(each))
                found.append(Piece(each, owner[at], owner[at + size - 1] + 1))
                at += size
        return found

    def measure(self, texts: Sequence[str], spans: Sequence[Spans]) -> list[Measured]:
        """Count the tokens of each text, and those that overlap its spans."""
        return [measured(self.pieces(text), each) for text, each in zip(texts, spans, strict=True)]


class TransformersTokenizer:
    """The tokenizer that transformers reads from a folder."""

    def __init__(self, path: str) -> None:
        from transformers import AutoTokenizer

        self._library = AutoTokenizer.from_pretrained(path)
        self.special = frozenset(self._library.all_special_tokens)

    def pieces(self, text: str) -> list[Piece]:
        """Return the tokens of a text."""
        found = self._library(text, add_special_tokens=False, return_offsets_mapping=True)
        return [Piece(number, *span) for number, span in zip(found.input_ids, found.offset_mapping, strict=True)]

    def measure(self, texts: Sequence[str], spans: Sequence[Spans]) -> list[Measured]:
        """Count the tokens of each text, and those that overlap its spans."""
        return [measured(self.pieces(text), each) for text, each in zip(texts, spans, strict=True)]


def measured(pieces: list[Piece], spans: Spans) -> Measured:
    """Count pieces, and those that overlap spans."""
    inside = [
        index
        for index, piece in enumerate(pieces)
        if any(piece.start < stop and start < piece.end for start, stop in spans)
    ]
    return Measured(len(pieces), len(inside), inside[0] if inside else 0, inside[-1] + 1 if inside else 0)


def main(arguments: list[str]) -> int:
    """Compare."""
    folder, file, name = arguments
    spec = find_model(name)
    ours: Tokenizer | None
    theirs: Tokenizer
    if Path(file).name.startswith("tekken"):
        ours, theirs = read_tekken(file), MistralTokenizer(file)
        model = Model(dataclasses.replace(spec, vocabulary=None))
    else:
        ours = load_tokenizer(spec)
        theirs = TransformersTokenizer(file) if Path(file).is_dir() else LibraryTokenizer.read(file)
        model = Model(spec)
    assert ours is not None, f"no package has the vocabulary of {name}"
    wrong = compare(f"{name}, rows in its template", rendered(Path(folder), model), ours, theirs)
    wrong += compare(f"{name}, lines as they are", raw(Path(folder), sorted(ours.special)), ours, theirs)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
