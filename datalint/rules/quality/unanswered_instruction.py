r"""Responses are instructions or questions themselves, or prompts and responses are swapped.

## What it does
Looks at examples of one prompt and one response, and counts responses of a single paragraph that begin as instructions
to a model do ("Write a …", "Describe …", "写一篇…") or are one question, unless the prompt asks for a question, prompt or
rephrasing, or is itself a question of similar length that the response may translate or rephrase. There is one finding
if more than `max-share` of at least `min-responses` examples have such a response. Where most of these responses are
questions, more than `max-questions` must have one, since assistants also ask what they need to know. If the prompts
are not instructions, the finding says that prompts and responses are probably swapped.

## Why it matters
A model that is trained on such responses answers a question with another question. In a public dataset of 10,668 rows,
5,400 responses are instructions, because the generator continued to write tasks instead of answers. Swapped columns
look the same.

## Bad
```jsonl vary=60
{"prompt": "Name a thing about {w}", "completion": "Write a short story about {w}"}
```

## Good
```jsonl vary=60
{"prompt": "Name a thing about {w}", "completion": "{w} is what comes to mind."}
```

## What to do
If the two keys are swapped, swap them back; otherwise generate the responses again.

## Known limits
Assistants that answer with a question are not reported up to the limits. Conversations of several turns and languages
other than English and Chinese are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import (
    Chunk,
    Confidence,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    excerpt,
    frozen,
    option,
    percent,
    rule,
)

_LONGEST: Final = 400
#: How instructions to a model begin. Advice begins with other verbs ("Use", "Try", "Check").
_VERBS: Final = (
    "Write|Describe|Explain|Summarize|Summarise|Rewrite|Rephrase|Paraphrase|Translate|Classify|Categorize|Compose|Generate|Suggest|Name|Identify|Compare"
    "|Discuss|Analyze|Analyse|Brainstorm|Give me|Tell me|Give an? |Provide an? |List (?:the|three|five|some|all|\\d)|Create an? |Design an? "
)
_INSTRUCTION: Final = rf"\s*(?:Please )?(?:{_VERBS})\b[^\n]*$|\s*请?(?:写|描述|解释|总结|翻译|列出|生成|创作|分析|比较|设计|编写|为我|给我)[^\n]*$"
_QUESTION: Final = r"(?i)\s*(?:what|how|why|who|when|where|which|can|could|do|does|did|is|are|should|would|will)\b[^\n.!]*\?\s*$|\s*(?:[^\n。！？?.!]|[.!](?!\s)){4,}[？?]\s*$"
#: Prompts that a question or an instruction answers.
_ASKED: Final = (
    r"(?i)\bquestions?\b|\bask|prompt|instruct|re-?phras|paraphras|re-?writ|translat|reformulat|correct|edit|query|quer(?:y|ies)|quiz|riddle|headline|title|complete|convert"
    r"|interview|generate|task|summar|transform|version|turn .{1,40} into|change|punctuat|sentence|slogan|tagline|subject line|survey|conversation|dialog|joke|poem"
    r"|问题|提问|指令|改写|翻译|提示|题|标题|续写|问句"
)
#: Characters at both ends of a prompt in which it says what it asks for.
_END: Final = 200
#: First characters of instructions: other responses that do not end with a question mark are passed at once.
_HEADS: Final = frozenset(re.findall(r"[A-Z][a-z]{3}", _VERBS)) | {"Plea", "Give", "Tell", "List", "Name"}
_HAN: Final = frozenset("请写描解总翻列生创分比设编为给")


class Counts(NamedTuple):
    """Examples, those of one prompt and response, responses that ask, the questions among them, those whose prompts
    don't ask, and the first.
    """

    rows: int
    looked_at: int
    asking: int
    questions: int
    swapped: int
    first: int | None
    shown: str


@frozen
class UnansweredInstructionOptions(Options):
    """When responses are no answers."""

    max_share: float = option(
        0.15,
        "share of responses that may be instructions or questions",
        source="support and tutoring sets stay under it",
    )
    max_questions: float = option(
        0.5,
        "share of responses that may ask where most of those that do are questions",
        source="shop assistants and counsellors stay under it; rows with swapped keys are nearly all over it",
    )
    min_responses: int = option(
        50, "responses below which the rule reports nothing", source="shares of fewer are chance"
    )


@rule(
    "QUA028",
    "unanswered-instruction",
    severity=Severity.WARNING,
    since="0.1",
    each="finding",
    confidence=Confidence.LOW,
)
def unanswered_instruction(data: Dataset, options: UnansweredInstructionOptions) -> Iterator[Hit]:
    """Yield a hit at the first response that asks, if too many do."""
    found: Counts | None = data.measured
    if found is None or found.looked_at < options.min_responses or found.first is None:
        return
    limit = options.max_questions if 2 * found.questions > found.asking else options.max_share
    if found.asking <= limit * found.looked_at:
        return
    share = f"{found.asking:,} of {found.looked_at:,} responses ({percent(found.asking / found.looked_at)}, limit {percent(limit)})"
    swapped = "; prompts and responses may be swapped" if 2 * found.swapped > found.asking else ""
    yield Hit(f'{share} are instructions or questions{swapped}, such as "{found.shown}"', at=found.first)


@unanswered_instruction.measure
def count_asking(chunk: Chunk, options: UnansweredInstructionOptions) -> Counts:
    """Count the responses of a chunk that ask."""
    roles, response = pl.col("roles"), pl.col("response")
    single = roles.str.strip_chars_start("s").is_in(["ua", "uua"]) & ~pl.col("is_preference") & ~pl.col("has_media")
    short = single & (response.str.len_bytes() <= 3 * _LONGEST) & (response != "")
    head = response.str.head(4)
    may_ask = (
        head.is_in(list(_HEADS))
        | head.str.head(1).is_in(list(_HAN))
        | response.str.tail(3).str.contains_any(["?", "？"])
    )
    rows = (
        chunk.examples.lazy()
        .with_row_index("at")
        .filter(short)
        .filter(may_ask)
        .select("at", "prompt", "system", "response")
        .collect(optimizations=pl.QueryOptFlags.none(), engine="in-memory")
    )
    looked_at = int(chunk.examples.select(single.sum()).item())
    asking = questions = swapped = 0
    first: int | None = None
    shown = ""
    for at, prompt, system, said in rows.iter_rows():
        if (
            not _asks(said)
            or _is_version(prompt, said)
            or any(re.search(_ASKED, part) for part in (prompt[:_END], prompt[-_END:], system))
        ):
            continue
        asking += 1
        questions += said.rstrip().endswith(("?", "？"))
        swapped += not _asks(prompt)
        if first is None:
            first, shown = at, excerpt(said, 60)
    return Counts(chunk.examples.height, looked_at, asking, questions, swapped, first, shown)


@unanswered_instruction.merge
def add(one: Counts, other: Counts) -> Counts:
    """Add up; rows of ``other`` come after those of ``one``."""
    later = None if other.first is None else other.first + one.rows
    return Counts(
        one.rows + other.rows,
        one.looked_at + other.looked_at,
        one.asking + other.asking,
        one.questions + other.questions,
        one.swapped + other.swapped,
        one.first if one.first is not None else later,
        one.shown if one.first is not None else other.shown,
    )


def _is_version(prompt: str, said: str) -> bool:
    """Whether a response is a question of about the length of the question that is its prompt."""
    both = prompt.rstrip().endswith(("?", "？")) and said.rstrip().endswith(("?", "？"))
    return both and max(len(prompt), len(said)) <= 2 * min(len(prompt), len(said))


def _asks(text: str) -> bool:
    """Whether a text is one instruction or question."""
    plain = text.strip()
    return len(plain) <= _LONGEST and (
        re.match(_INSTRUCTION, plain) is not None or re.match(_QUESTION, plain) is not None
    )
