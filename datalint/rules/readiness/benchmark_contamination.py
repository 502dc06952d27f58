"""A training row contains a benchmark example, under a published definition.

## What it does
Compares all training rows with the benchmarks that `--benchmark` (or `[benchmarks]` in the configuration) names, word
by word, ignoring case and punctuation. Reports rows that contain an example under the chosen definition, and how many
examples of each benchmark are contained:

| `--contamination` | an example is contained if |
|---|---|
| `tulu-3` (default) | more than half of the words of its prompt are in 8-grams that one training prompt has too |
| `gpt-3` | one 13-gram of it, answer included, is in a training row |
| `palm` | 70 % of its 8-grams, answer included, are in the training set |
| `llama-2` | 80 % of its words, answer included, are in runs of more than 10 words that the training set has too, four of which may differ after the first ten |

## Why it matters
A model that was trained on a benchmark has learned its answers, so its score is meaningless and not comparable with
the scores of other models.

## Bad
```jsonl
{"prompt": "Prove that for each prime p over three the number p squared minus one is a multiple of twenty-four.", "completion": "One of p minus one and p plus one is a multiple of four."}
```
```jsonl benchmark
{"prompt": "Show that for each prime p over three the number p squared minus one is a multiple of twenty-four.", "completion": "Consider the neighbours of p."}
```
## Good
```jsonl
{"prompt": "Prove that the sum of the first n odd numbers is the square of n, by induction.", "completion": "For one it holds, and n to n plus one adds two n plus one."}
```
```jsonl benchmark
{"prompt": "Show that for each prime p over three the number p squared minus one is a multiple of twenty-four.", "completion": "Consider the neighbours of p."}
```
## What to do
Remove the rows from training, as `datalint dedupe --benchmark` does, or do not report scores on the benchmark.
## Known limits
Reported, although it may be fine: short prompts with common phrases ("a function to find the …") under `tulu-3`, common
code under `gpt-3`, and short phrases in scripts without spaces, where each character counts as a word. Read the words
that the finding shows.

Not found:
- rephrased and translated examples: for `paraphrased-leak`, use the benchmark as an evaluation set (`--eval`)
- examples that are shorter than one n-gram, and all but the first of several equal ones
- n-grams that occur in more than ten examples of the benchmarks, which are read as a template
- under `tulu-3` and `gpt-3`, words that more than ten training rows share with an example, if none of these rows
  contains nearly all of it

Memory grows with the benchmarks, by about forty bytes a word.
## Sources
GPT-3: Brown et al. 2020 (arXiv 2005.14165), appendix C. PaLM: Chowdhery et al. 2022 (2204.02311), section 8. Llama 2:
Touvron et al. 2023 (2307.09288), appendix A.6, "dirty". Tülu 3: Lambert et al. 2024 (2411.15124), section 3.2, where a
training set is removed if it contains more than 2 % of a benchmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import (
    Dataset,
    Fix,
    Hit,
    Options,
    Overlap,
    Severity,
    Text,
    counted,
    excerpt,
    frozen,
    option,
    percent,
    printable,
    rule,
)

_MEASURED: Final = {
    "tulu-3": "of its words",
    "gpt-3": "of its words",
    "palm": "of its 8-grams, over all rows",
    "llama-2": "of its words, over all rows",
}


@frozen
class BenchmarkContaminationOptions(Options):
    """How much is shown."""

    shown: int = option(500, "rows whose words in common are shown", source="each needs its texts read again")


@rule(
    "RDY008",
    "benchmark-contamination",
    severity=Severity.WARNING,
    since="0.1",
    needs={"benchmark"},
    fix=Fix.removal(),
)
def benchmark_contamination(data: Dataset, options: BenchmarkContaminationOptions) -> Iterator[Hit]:
    """Yield a hit for each benchmark that is contained, and one at each training row that contains an example."""
    found = data.contamination
    if found is None:
        return
    for benchmark in found.benchmarks:
        if benchmark.found:
            yield Hit(
                f"the training set contains {benchmark.found:,} of {counted(benchmark.compared, 'example')} of "
                f"{printable(benchmark.path)} ({percent(benchmark.found / benchmark.compared)}; {found.definition})",
                key=benchmark.path,
                fixable=False,
            )
    rows = list(dict.fromkeys(overlap.training for overlap in found.overlaps))[: options.shown]
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    for overlap in found.overlaps:
        file, line, row = overlap.place
        where = f"{printable(found.benchmarks[file].path)}{f' row {row}' if line is None else f':{line}'}"
        yield Hit(
            f"contains {where}: {percent(overlap.share)} {_MEASURED[found.definition]}"
            + _span(overlap, texts.get(overlap.training)),
            at=overlap.training,
            key=where,
        )


def _span(overlap: Overlap, text: Text | None) -> str:
    if text is None:
        return ""
    part = text.prompt if overlap.part == "prompt" else text.response
    return f', "{excerpt(part, 100, start=overlap.start, stop=overlap.stop)}"'
