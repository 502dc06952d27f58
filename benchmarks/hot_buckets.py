"""Measures rows that all fall into the same buckets against as many varied rows of the same length.

    python benchmarks/hot_buckets.py                         some minutes

Rows of one long template with a third of it filled in anew, rows of one template that differ in a word, prompts that
differ in three words with one of three answers, and one row again and again: each of these files must take less than
twice the CPU time of the varied rows.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import make_data
from running import Job, Table, alternate, check, mebibytes, parser

LIMIT: Final = 2.0
#: Sentences of a prompt and of a response; one in ``FILLED`` of them is a row's own where rows share a template.
PROMPT: Final = 3
RESPONSE: Final = 9
FILLED: Final = 3
#: Sentences whose words are filled in.
WORDS: Final = 1_000


def varied(rng: random.Random, pool: list[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield rows that share no more than English does."""
    for _ in range(count):
        yield " ".join(rng.choices(pool, k=PROMPT)), " ".join(rng.choices(pool, k=RESPONSE))


def templated(rng: random.Random, pool: list[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield rows of which every third sentence is their own."""
    prompt, response = rng.choices(pool, k=PROMPT), rng.choices(pool, k=RESPONSE)
    for _ in range(count):
        for sentences in (prompt, response):
            sentences[::FILLED] = rng.choices(pool, k=len(sentences[::FILLED]))
        yield " ".join(prompt), " ".join(response)


def one_word(rng: random.Random, pool: list[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield rows that differ in a number."""
    prompt, response = " ".join(rng.choices(pool, k=PROMPT)), " ".join(rng.choices(pool, k=RESPONSE))
    for _ in range(count):
        yield f"{rng.randrange(10**6)} {prompt}", f"{response} {rng.randrange(10**6)}"


def few_answers(rng: random.Random, pool: list[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield rows whose long prompts differ in three words, with one of three answers."""
    prompt = " ".join(rng.choices(pool, k=RESPONSE)).split(" ")
    answers = [" ".join(rng.choices(pool, k=PROMPT)) for _ in range(3)]
    words = list(dict.fromkeys(word for sentence in pool[:WORDS] for word in sentence.split(" ")))
    places = [len(prompt) * part // 4 for part in (1, 2, 3)]
    for _ in range(count):
        for place in places:
            prompt[place] = rng.choice(words)
        yield " ".join(prompt), rng.choice(answers)


def same(rng: random.Random, pool: list[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield one row again and again."""
    row = " ".join(rng.choices(pool, k=PROMPT)), " ".join(rng.choices(pool, k=RESPONSE))
    for _ in range(count):
        yield row


#: What each file holds, and what part of the rows that were asked for.
FILES: Final[dict[str, tuple[Callable[[random.Random, list[str], int], Iterator[tuple[str, str]]], float]]] = {
    "a long template, a third of it filled in": (templated, 1.0),
    "a long template, a word filled in": (one_word, 1.0),
    "a long template, three words filled in, one of three answers": (few_answers, 1.0),
    "one row": (same, 0.5),
}


def write(path: Path, rows: Iterator[tuple[str, str]]) -> Path:
    """Write rows as chats; return the path."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for prompt, response in rows:
            turns = [{"role": "user", "content": prompt}, {"role": "assistant", "content": response}]
            file.write(json.dumps({"messages": turns}) + "\n")
    return path


def main() -> None:
    """Make the files, measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=200_000)
    arguments.add_argument("--times", type=int, default=1)
    given = arguments.parse_args()
    rng = random.Random(0)
    pool = make_data.sentences(rng)
    table = Table("rows", "of", "seconds of CPU", "varied rows", "ratio", f"limit {LIMIT:g}", "peak", right=6)
    for name, (rows, part) in FILES.items():
        count = round(given.rows * part)
        with tempfile.TemporaryDirectory() as folder:
            files = [write(Path(folder) / f"{make.__name__}.jsonl", make(rng, pool, count)) for make in (rows, varied)]
            job, other = jobs = [Job(check(path)) for path in files]
            alternate(jobs, given.times, warm=False)
        ratio = job.median_cpu / other.median_cpu
        cells = (f"{job.median_cpu:.1f}", f"{other.median_cpu:.1f}", f"{ratio:.2f}", "met" if ratio < LIMIT else "over")
        table.add(f"{count:,}", name, *cells, mebibytes(job.peak))
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()
