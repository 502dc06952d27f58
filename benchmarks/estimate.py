"""The error of estimated tokens, by script and kind of text.

    python benchmarks/estimate.py FOLDER [--sentences FOLDER] [--tokenizer TOKENIZER.json …]

FOLDER has datasets in JSON or JSON Lines, of which up to 60 rows a file are taken. ``--sentences`` is the folder of a
checkout of pemistahl/lingua-rs, of whose sentences in 75 languages each second one is taken: the others were used
to find the weights. Tokens are counted with the packaged vocabularies of Qwen3, gpt-oss and Llama 3, and with each
``tokenizer.json``. An error is that of the sum over the texts of a group.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from datalint.engine.map.token_estimate import estimated_tokens
from datalint.languages.scripts import main_script
from datalint.models.packaged import packaged
from datalint.models.tokenizer import LibraryTokenizer, Tokenizer
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

NAMES = ("qwen3", "gpt-oss", "llama-3")
ROWS, CHARS, LEAST = 60, 20_000, 20
#: Shares of characters that are neither letters nor spaces, which divide texts in Latin letters by kind.
KINDS = ((0.07, "prose"), (0.14, "mixed text"), (1.0, "code, tables, maths"))


def records(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file that are objects."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        values = json.loads(text) if path.suffix == ".json" else [*map(json.loads, text.splitlines())]
    except ValueError:
        return []
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []


def rows(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of a file and the text of a row."""
    chosen = random.Random(3)
    for path in sorted(folder.rglob("*.json*")):
        found = records(path)
        if len(found) < LEAST:
            continue
        table = flatten(chosen.sample(found, min(ROWS, len(found))), Detector()).examples
        for parts in table.select("system", "prompt", "response").iter_rows():
            text = "\n".join(filter(None, parts))[:CHARS]
            if len(text) >= LEAST:
                yield str(path.relative_to(folder)), text


def sentences(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of a language and five of its sentences."""
    for path in sorted(folder.glob("language-models/*/testdata/sentences.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()][1::2][:200]
        for start in range(0, len(lines), 5):
            yield path.parts[-3], "\n".join(lines[start : start + 5])


def kind_of(text: str) -> str:
    """Return the script of a text and, for Latin letters, its kind."""
    script = main_script(text[:2000])[0] or "no letters"
    if script != "Latin":
        return script
    other = sum(not (char.isalpha() or char == " ") for char in text) / len(text)
    return "Latin, " + next(name for most, name in KINDS if other <= most)


def table(title: str, groups: dict[str, list[int]], estimate: np.ndarray, counts: Sequence[np.ndarray]) -> None:
    """Print the errors of each group of texts."""
    mean = np.mean(counts, axis=0)
    print(f"\n| {title} | texts | error | by tokenizer |\n|---|--:|--:|---|")
    for name, texts in sorted(groups.items()):
        at = np.array(texts)
        total = estimate[at].sum()
        errors = [total / each[at].sum() - 1 for each in counts]
        print(
            f"| {name} | {len(at):,} | {total / mean[at].sum() - 1:+.0%} | {min(errors):+.0%} to {max(errors):+.0%} |"
        )


def summary(title: str, groups: dict[str, list[int]], estimate: np.ndarray, counts: Sequence[np.ndarray]) -> None:
    """Print the errors over the groups, for the mean of the tokenizers and for each of them."""
    for name, count in (("mean of the tokenizers", np.mean(counts, axis=0)), ("each tokenizer", None)):
        against = [count] if count is not None else counts
        errors = [
            abs(estimate[at].sum() / each[at].sum() - 1) for at in map(np.array, groups.values()) for each in against
        ]
        middle, most = np.quantile(errors, (0.5, 0.9))
        print(f"{title}, {name}: median {middle:.0%}, 90 % within {most:.0%}, at most {max(errors):.0%}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--tokenizer", action="append", default=[])
    given = parser.parse_args()
    tokenizers: list[Tokenizer] = [*map(packaged, NAMES), *map(LibraryTokenizer.read, given.tokenizer)]
    for title, texts in (
        ("files", list(rows(given.folder))),
        ("languages", list(sentences(given.sentences)) if given.sentences else []),
    ):
        if not texts:
            continue
        words = [text for _, text in texts]
        counts = [np.array([each.tokens for each in t.measure(words, [()] * len(words))]) for t in tokenizers]
        estimate = estimated_tokens(pl.Series(words))
        sources: dict[str, list[int]] = defaultdict(list)
        kinds: dict[str, list[int]] = defaultdict(list)
        for index, (source, text) in enumerate(texts):
            sources[source].append(index)
            kinds[kind_of(text)].append(index)
        table(f"kind of text in {len(sources)} {title}", kinds, estimate, counts)
        print()
        summary(f"{len(sources)} {title}", sources, estimate, counts)


if __name__ == "__main__":
    main()
