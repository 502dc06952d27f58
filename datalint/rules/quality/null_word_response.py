r"""A response is nothing but a word for a missing value.

## What it does
Reports a response that is nothing but a word for a missing value (option `words`): `N/A`, `None`, `null`, `nan`, an
error of a spreadsheet (`#REF!`), `[object Object]`, or the `[deleted]` of a forum.

Also reported:
- a plain text that is `{}` or `[]`, and a response of three or more asterisks alone
- a phrase that says that there is no answer (`phrases`), if at least `min-rows` rows have it, but at most one in
  twenty, and the prompt is short
- a stand-in (`stand-ins`: "error", "TBD", "asdf", "see above"), or a mark ("-", "..."), if at least `min-rows` rows
  have one, but at most one in twenty, and the other responses are texts that differ
- what a script writes that found no answer, or that points to one elsewhere (`failures`), if at least `min-rows`
  prompts have it

Not reported:
- labels, because a label may be "none"
- a response whose prompt names the word, as an option or in an instruction what to say
- a response to a prompt that asks for the output of code, or a question to which "none" is an answer ("Which of …")
- transliterations, in which a name may be such a word ("نيل", "nil")
- a word after an ellipsis ("...none."), and lines of one side of parallel text (`train.de`)

## Why it matters
Such a word is seldom an answer: a data frame wrote its missing value, or a generator its marker. The model learns to
say the word. tloen/alpaca-lora PR#32 had to clean up "N/A", "None" and several spellings of "no input".

## Bad
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "nan"}
```

## Good
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "Lima"}
```

## What to do
Write the real value, or an answer in words such as "There is none."

## Known limits
If "None" is a correct answer to other prompts in your data, remove it from `words`. A bare `NaN` of JSON is reported by
`nan-literal` alone. The same words in a prompt or
input are reported by `null-word-prompt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from datalint.api import ROLE_LETTERS, Chunk, Dataset, FileFacts, Fix, Hit, Severity, excerpt, rule
from datalint.rules.common.frames import Frames, joined_frames, picked
from datalint.rules.common.texts.null_words import (
    MARKS,
    POINTERS,
    NullAnswerOptions,
    phrase_of,
    phrases_of,
    stands_for_nothing,
)
from datalint.rules.common.texts.turns import EMPTY_VALUES, PRINTED_OBJECT, bare, learned_turns
from datalint.rules.common.unanswered import is_unanswered

#: Rows and characters of a label, how many there are at most, and the share of the rows that have one of them.
_OF_A_LABEL: Final = 2
_LABEL_CHARS: Final = 40
_MOST_LABELS: Final = 30
_MOSTLY: Final = 0.9
_LABELS: Final = ("$.label", "$.category", "$.intent", "$.class")
#: Prompts that ask what code prints, where a null word is a value.
_CODE: Final = (
    r"(?i)\boutputs?\b|\bprint|\breturn|console\.log|\bcode\b|\bfunction\b|\bsnippet\b|\bprogram\b|```|\bsql\b|\bjson\b"
    r"|代码|输出|返回"
)
#: Requests for a text or a program, which no null word answers.
_MAKES: Final = (
    r"(?i)^\W{0,5}(?:please |can you |how (?:can|do|should|would) (?:i|you|we) |how to )?"
    r"(?:write|create|fix|build|generate|implement|develop|compose|draft|design|explain|describe)\b"
    r"(?! (?:down )?(?:the |an? )?(?:output|result|value|what|which|whether|any)\b)"
)
#: Questions that "none" answers.
_NONE_ANSWERS: Final = (
    r"(?i)\b(?:any|which|what|who|whom|how (?:many|much)|extract|list|identify|find|detect|name|entit(?:y|ies))\b"
)
#: A response that is masked, and prompts that may ask for asterisks.
_MASKED: Final = r"\*{3,}"
_STARRED: Final = (
    r"(?i)\*\*|asterisk|\bstars?\b|pattern|password|mask|censor|redact|\brat(?:e|ing)\b|\bdraw\b|\bsymbol"
    r"|星|密码|评分|图案"
)
#: Characters of a response that is compared, and of a prompt that holds no passage.
_LONGEST: Final = 40
_SHORT_PROMPT: Final = 500
#: Characters of a prompt from which on it holds a passage, for the most part.
_LONG_PROMPT: Final = 5_000
#: Characters at the beginning and at the end of a long prompt that say what to do.
_ASKING: Final = 200
#: Share of the rows from which on a phrase is what the data says of questions without an answer.
_DEFINED: Final = 0.05
#: Characters of half of the responses at least, and the share of different ones, among which a stand-in is no label.
_SHORT_TEXT: Final = 20
_UNIQUE: Final = 0.8
#: Rows of transliterations at least, whose prompts and responses are short and have lengths that go together; in
#: dictionaries and tables of facts they do not. How many times as long as the other one a spelling of a word is at most.
_LEAST_ROWS: Final = 20
_TOGETHER: Final = 0.7
_ALIKE: Final = 2
#: What begins the words of someone who hesitates ("...none."), and no missing value.
_ELLIPSES: Final = ("..", "…")
_SCHEMA: Final = pl.Schema(
    {"example": pl.Int64(), "path": pl.String(), "text": pl.String(), "phrase": pl.Boolean(), "number": pl.Boolean()}
)


@rule(
    "QUA003",
    "null-word-response",
    severity=Severity.WARNING,
    since="0.1",
    gated=True,
    fix=Fix.removal(),
)
def null_word_response(data: Dataset, options: NullAnswerOptions) -> Iterator[Hit]:
    """Yield a hit at each response whose whole text is one of the words, unless it is one of a few labels."""
    if data.measured is None or not data.measured[1]:
        return
    said = pl.col("text").str.to_lowercase()
    found = pl.concat(data.measured[1]).with_columns(
        stand_in=pl.col("phrase") & said.is_in([*options.stand_ins, *MARKS]),
        failure=pl.col("phrase") & said.is_in(options.failures),
    )
    labels = _labels(data)
    answers = data.examples["response_hash"].gather(found["example"])
    few = {
        stand_in: options.min_rows <= rows <= max(options.min_rows, _DEFINED * data.examples.height)
        and (not stand_in or _are_texts(data.examples))
        for stand_in, rows in found.filter(pl.col("phrase") & ~pl.col("failure"))
        .group_by("stand_in")
        .agg(pl.col("example").n_unique())
        .iter_rows()
    }
    failed = _failures(found, data.examples, options.min_rows)
    sides = {number for number, facts in enumerate(data.files) if _is_side(facts)}
    files = data.examples["file"].gather(found["example"])
    spelled = _spelled(data.examples).gather(found["example"])
    roles = data.examples["roles"]
    for (example, path, word, phrase, number, stand_in, failure), answer, file, spells in zip(
        found.iter_rows(), answers, files, spelled, strict=True
    ):
        # The number that is none is a mistake in JSON, which another rule reports, and a missing value in a table.
        if (spells and not phrase) or (number and data.files[file].container.startswith("json")):
            continue
        counts = word.lower() in failed if failure else not phrase or few[stand_in]
        whole = "text" if roles[example] == ROLE_LETTERS["text"] else "response"
        # Between parts of a text, asterisks are a ruler.
        counts = counts and not (whole == "text" and word.startswith("***"))
        # Where the answers are the letters of options, one that is elsewhere is none of them.
        is_label = answer in labels and word.lower() not in POINTERS
        if not is_label and counts and file not in sides:
            yield Hit(
                f'the whole {whole} is "{excerpt(word, _LONGEST)}", {_meaning(word, phrase=phrase)}',
                at=example,
                path=path,
            )


def _meaning(word: str, *, phrase: bool) -> str:
    """Return what a word or phrase stands for."""
    if word.lower() in POINTERS:
        return "which points to a text elsewhere"
    if phrase:
        return "which stands for a missing answer"
    if word.lower() == PRINTED_OBJECT:
        return "an object that was printed"
    if word in EMPTY_VALUES:
        return "an empty value that was printed"
    if word.startswith("["):
        return "which stands for a text that was deleted"
    return "which hides an answer or stands for one" if word.startswith("***") else "a word for a missing value"


def _spelled(examples: pl.DataFrame) -> pl.Series:
    """Return which responses are as long as their prompts, about, in data that spells words in another way or script."""
    long = pl.max_horizontal("prompt_chars", "response_chars")
    lengths = examples.select(pl.corr("prompt_chars", "response_chars"), short=(long <= _LONGEST).mean()).row(0)
    alike = examples.select(long <= _ALIKE * pl.min_horizontal("prompt_chars", "response_chars")).to_series()
    return alike & (examples.height >= _LEAST_ROWS and lengths[0] >= _TOGETHER and lengths[1] >= _MOSTLY)


def _are_texts(examples: pl.DataFrame) -> bool:
    """Whether responses are texts of several words that differ: neither labels nor words of a dictionary."""
    said = examples.filter(pl.col("response_chars") > 0)
    long = said["response_chars"].quantile(0.5, "lower") or 0
    return long >= _SHORT_TEXT and said["response_hash"].n_unique() >= _UNIQUE * said.height


def _failures(found: pl.DataFrame, examples: pl.DataFrame, least: int) -> frozenset[str]:
    """Return the failures, in lower case, that answer several prompts: a translation of one has that one prompt."""
    rows = found.filter("failure")
    said = rows.select(pl.col("text").str.to_lowercase(), context=examples["context"].gather(rows["example"]))
    prompts = said.group_by("text").agg(pl.col("context").n_unique())
    return frozenset(prompts.filter(pl.col("context") >= least)["text"])


def _is_side(file: FileFacts) -> bool:
    """Whether a file has the lines of one side of parallel text, as only these are named by a language (``train.de``)."""
    return file.container == "text" and not file.path.lower().endswith((".txt", ".text"))


def _labels(data: Dataset) -> frozenset[int]:
    """Return the hashes of responses that are labels: nearly all rows have one of a few short ones."""
    rows = data.examples.filter(pl.col("response_chars") > 0).select("response_hash", "response_chars")
    counts = rows.group_by("response_hash").agg(pl.len().alias("rows"), pl.col("response_chars").first())
    labels = counts.filter((pl.col("rows") >= _OF_A_LABEL) & (pl.col("response_chars") <= _LABEL_CHARS))
    if not 1 < labels.height <= _MOST_LABELS or labels["rows"].sum() < _MOSTLY * rows.height:
        return frozenset()
    return frozenset(labels["response_hash"])


@null_word_response.measure
def find_words(chunk: Chunk, options: NullAnswerOptions) -> Frames:
    """Return the responses of a chunk that are such a word, or a phrase, and no right answer by what the prompt asks."""
    turns = chunk.turns
    short = picked(turns, (turns["chars"] <= _LONGEST) & learned_turns(chunk), "example", "path", "text")
    if not short.height:
        return chunk.examples.height, []
    phrases = [*options.phrases, *options.stand_ins, *options.failures, *MARKS]
    phrase = phrases_of(pl.col("text")).is_in(phrases)
    word = bare(pl.col("text")).is_in(options.words) | pl.col("text").str.strip_chars().is_in(EMPTY_VALUES)
    # By comparisons, as Polars keeps few patterns.
    word |= (pl.col("text").str.strip_chars("* \t\r\n") == "") & pl.col("text").str.contains_any(["***"])
    read = ~pl.col("path").is_in(_LABELS)
    likely = short.with_columns(phrase=phrase & ~word, likely=(phrase | word) & read)
    found = picked(likely, likely["likely"], "example", "path", "text", "phrase")
    kept = []
    for example, path, text, is_phrase in found.iter_rows():
        row = chunk.examples.row(example, named=True)
        if text.strip() in EMPTY_VALUES and row["roles"] != ROLE_LETTERS["text"]:
            continue
        if not is_phrase and _is_missing(text, row):
            number = isinstance(chunk.records[example].get(path.removeprefix("$.")), float)
            kept.append((example, path, _bare(text), False, number))
        elif is_phrase and _lacks_answer(text, row, options) and not is_unanswered(chunk.records[example]):
            kept.append((example, path, phrase_of(text), True, False))
    words = pl.DataFrame(kept, schema=_SCHEMA, orient="row")
    return chunk.examples.height, [words] if words.height else []


null_word_response.merge(joined_frames)


def _bare(text: str) -> str:
    return text.strip(" \t\r\n.\"'")


def _is_missing(text: str, example: dict[str, Any]) -> bool:
    """Whether a word stands for a missing value: the prompt does not name it, and asks nothing that it answers."""
    if text.lstrip().startswith(_ELLIPSES):
        return False
    word, prompt = _bare(text), f"{example['system']}\n{example['prompt']}"
    if word.startswith("***"):
        return re.fullmatch(_MASKED, word) is not None and not (re.search(_STARRED, prompt) or _asks_for_code(prompt))
    # In a long passage, the word and those of questions stand for something else.
    asked = _ends_of(prompt)
    if re.search(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", asked):
        return False
    if word.startswith("["):
        return word.lower() != PRINTED_OBJECT or not _asks_for_code(prompt)
    none = word.lower() == "none" and re.search(_NONE_ANSWERS, _ends_of(example["prompt"]))
    return re.search(_MAKES, example["prompt"]) is not None or not (none or _asks_for_code(prompt))


def _ends_of(prompt: str) -> str:
    """Return the parts of a prompt that say what to do: the whole of one that is not very long."""
    return prompt if len(prompt) <= _LONG_PROMPT else f"{prompt[:_SHORT_PROMPT]}\n{prompt[-_SHORT_PROMPT:]}"


def _asks_for_code(prompt: str) -> bool:
    """Whether the beginning or the end of a prompt, where it says what to do, speaks of code or what it prints."""
    parts = (prompt,) if len(prompt) <= _SHORT_PROMPT else (prompt[:_ASKING], prompt[-_ASKING:])
    return "```" in prompt or any(re.search(_CODE, part) for part in parts)


def _lacks_answer(text: str, example: dict[str, Any], options: NullAnswerOptions) -> bool:
    """Whether a phrase says that an answer is missing: the prompt does not name it, and has no passage.

    A stand-in or a failure is no answer from a passage, but perhaps what code prints.
    """
    phrase, prompt = phrase_of(text).lower(), f"{example['system']}\n{example['prompt']}"
    if phrase in MARKS:
        turns = example["roles"].count(ROLE_LETTERS["assistant"])
        return stands_for_nothing(phrase, prompt, turns=turns) and not _asks_for_code(prompt)
    if phrase in prompt.lower():
        return False
    made = phrase in options.stand_ins or phrase in options.failures
    return not _asks_for_code(prompt) if made else len(example["prompt"]) <= _SHORT_PROMPT
