"""Writes chat rows to measure with: about 940 bytes each, the same for the same seed.

    python benchmarks/make_data.py 100000 /tmp/rows.jsonl

The words follow one another as in the sentences of ``fixtures/material`` (a chain of word pairs), so lengths,
letters and repetitions are those of English. One row in a hundred nearly repeats an earlier one, and one in a
hundred has a defect. Needs the standard library alone.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MATERIAL: Final = Path(__file__).parents[1] / "fixtures" / "material"
POOL: Final = 60_000
#: Words after which a sentence ends even where the chain goes on.
LONGEST: Final = 24
#: Sentences of a prompt and of a response, fewest and most.
PROMPT: Final = (2, 3)
RESPONSE: Final = (4, 16)
NEAR_SHARE: Final = 0.01
DEFECT_SHARE: Final = 0.01
#: One line in so many is no JSON.
BROKEN: Final = 20_000
#: Earlier rows that a near-duplicate may repeat.
MEMORY: Final = 500
_START: Final = ""


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, metavar="ROWS")
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    write(given.path, given.rows, given.seed)


def write(path: Path, count: int, seed: int = 0) -> Path:
    """Write ``count`` rows; return the path."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines(count, seed))
    return path


def lines(count: int, seed: int = 0) -> Iterator[str]:
    """Yield ``count`` rows as lines of JSON."""
    rng = random.Random(seed)
    categories = sorted(file.stem for file in MATERIAL.glob("*.toml"))
    pool = sentences(rng)
    seen: list[tuple[str, str, str]] = []
    for number in range(count):
        if seen and rng.random() < NEAR_SHARE:
            category, prompt, response = _nearly(rng.choice(seen), rng)
        else:
            category = categories[number % len(categories)]
            prompt = " ".join(rng.choices(pool, k=rng.randint(*PROMPT)))
            response = " ".join(rng.choices(pool, k=rng.randint(*RESPONSE)))
        if len(seen) < MEMORY:
            seen.append((category, prompt, response))
        else:
            seen[number % MEMORY] = category, prompt, response
        defect = rng.choice(_DEFECTS) if rng.random() < DEFECT_SHARE else ""
        line = _line(number, category, prompt, response, defect)
        yield line.replace('"}', '",}', 1) if number % BROKEN == BROKEN // 2 else line


def sentences(rng: random.Random) -> list[str]:
    """Return sentences that walk along the pairs of words in the material."""
    follow: dict[str, list[str]] = {}
    for words in _material():
        for word, after in zip([_START, *words], words, strict=False):
            follow.setdefault(word, []).append(after)
    made = []
    for _ in range(POOL):
        word, words = _START, []
        while len(words) < LONGEST and word in follow:
            word = follow[word][int(rng.random() * len(follow[word]))]
            words.append(word)
        sentence = " ".join(words).rstrip(".,;:?!") + "."
        made.append(sentence.replace("#", str(rng.randrange(2, 9000))))
    return made


def _material() -> Iterator[list[str]]:
    for file in sorted(MATERIAL.glob("*.toml")):
        for intent in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for line in (line for part in intent.values() for line in part):
                yield re.sub(r"\{\w+\}", "#", line.rpartition(" | ")[2]).split()


def _nearly(row: tuple[str, str, str], rng: random.Random) -> tuple[str, str, str]:
    """Return a row of which one word of the answer is another."""
    category, prompt, response = row
    words = response.split(" ")
    words[rng.randrange(len(words))] = str(rng.randrange(100, 1000))
    return category, prompt, " ".join(words)


_DEFECTS: Final = ("empty", "placeholder", "mojibake", "token", "disclaimer", "no answer", "two users")


def _line(number: int, category: str, prompt: str, response: str, defect: str) -> str:
    match defect:
        case "empty":
            response = ""
        case "placeholder":
            response = f"Dear {{{{name}}}}, {response}"
        case "mojibake":
            prompt = f"It\u00e2\u20ac\u2122s like this. {prompt}"
        case "token":
            response += "<|im_end|>"
        case "disclaimer":
            response = f"As an AI language model, I cannot ride. {response}"
    turns = [("system", "You help riders of a bicycle-sharing service."), ("user", prompt), ("assistant", response)]
    if defect == "no answer":
        turns.pop()
    elif defect == "two users":
        turns.insert(1, ("user", "Hello?"))
    messages = [{"role": role, "content": text} for role, text in turns]
    row = {"id": number, "messages": messages, "category": category, "reviewed": True}
    return json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
