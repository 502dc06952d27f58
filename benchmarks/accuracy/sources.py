"""The labelled datasets: where they are, at which revision they were measured, and under which licence.

None is part of this repository. Each is measured from a folder with the files of its repository.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Source(NamedTuple):
    """A dataset: its repository, the revision, the files that are read, the licence, and what its labels say."""

    repository: str
    revision: str
    path: str
    licence: str
    labels: str


SOURCES: Final = {
    "xstest": Source(
        "paul-rottger/exaggerated-safety",
        "d7bb5bd",
        "model_completions/*.csv",
        "CC BY 4.0",
        "2,250 completions: full refusal, partial refusal or compliance, by two annotators",
    ),
    "presidio": Source(
        "microsoft/presidio-research",
        "7622dec",
        "data/synth_dataset_v2.json, tests/data/generated_large.json",
        "MIT",
        "1,500 and 2,109 generated texts, with the span and type of each entity",
    ),
    "credsweeper": Source(
        "Samsung/CredSweeper",
        "1ed2ca5",
        "tests/samples, tests/data/*.json",
        "MIT",
        "credentials in sample files, by the rule that finds them; those of rules for tokens count",
    ),
    "ftfy": Source(
        "rspeer/python-ftfy", "74dd045", "tests/test-cases/*.json", "Apache-2.0", "texts before and after their repair"
    ),
    "lingua": Source(
        "pemistahl/lingua-rs",
        "77e94d1",
        "language-models/*/testdata/sentences.txt",
        "Apache-2.0",
        "sentences of 75 languages; the twenty with most speakers count",
    ),
    "decontaminator": Source(
        "lm-sys/llm-decontaminator",
        "931834a",
        "data/rephrase/rephrase_gsm8k.jsonl",
        "Apache-2.0",
        "the test set of GSM8K, rephrased by a model row by row",
    ),
    "gsm8k": Source(
        "openai/grade-school-math",
        "3101c7d",
        "grade_school_math/data/{train,test}.jsonl",
        "MIT",
        "training and test questions, written apart",
    ),
    "sts": Source(
        "brmson/dataset-sts",
        "e1d3375",
        "data/para/msr/*.tsv, data/sts/sick2014/SICK_*.txt",
        "Microsoft Research licence; CC BY-NC-SA 3.0",
        "pairs of sentences that people judged to mean the same (MSRP), or by relatedness (SICK, from 4 of 5)",
    ),
    "llmbar": Source(
        "princeton-nlp/LLMBar",
        "900616b",
        "Dataset/LLMBar/**/dataset.json",
        "MIT",
        "two outputs of one instruction, and which one follows it; rules about preferences must stay silent",
    ),
    "gpteacher": Source(
        "gururise/AlpacaDataCleaned",
        "791174f",
        "dataset_extensions/GPTeacher/Toolformer/*.json",
        "MIT",
        "rows that another tool removed as similar, at its threshold 0.9",
    ),
    "alpagasus": Source(
        "gpt4life/alpagasus",
        "95ad3e5",
        "data/filtered/claude_t45.json, data/random/random_9k.json",
        "none stated",
        "rows of Alpaca that a model graded 4.5 of 5 or better, and random ones",
    ),
}
