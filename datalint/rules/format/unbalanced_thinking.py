r"""A thinking block is never closed, is closed without being opened or by another tag, is nested, or has the answer.

## What it does

Reports a response whose thinking tags (`<think>`, `<reasoning>`, `[THINK]`, `<|begin_of_thought|>`, `◁think▷` and
others) do not match: one opens at the start of a line and is never closed, is closed by another tag, is closed without
having been opened, or opens inside another. Tags in code are not counted. If the prompt ends with an opening tag, it
counts as opened.

Also reported:
- a response that begins with `<tool_call>` and a text that is no call: in Qwen's vocabulary, this tag is next to the
  thinking tags
- several lines that begin with `<|think|>`, if nothing closes one
- a response that begins with `think>`, without the first sign
- an `<answer>` within the thinking that differs from the one after it
- as an info, thinking without text
- as one info about the dataset, closing tags alone in more than half of the examples: such data is made for a template
  that opens the thinking

## Why it matters

Chat templates and trainers cut the text at these tags. Without the closing tag, the whole answer counts as thinking,
and the user gets nothing. Without the opening tag, the thinking becomes part of the answer. The usual causes are
thinking that was cut off at the token limit and a template that cuts in the wrong place (trl PR#6363, axon-rl/gem#44).

## Bad

```jsonl
{"prompt": "17 times 3?", "completion": "<think>\n17 times 3 is 51.\n\nThe answer is 51."}
```

## Good

```jsonl
{"prompt": "17 times 3?", "completion": "<think>\n17 times 3 is 51.\n</think>\n\nThe answer is 51."}
{"prompt": "Which tag does the model use?", "completion": "It writes `<think>` first, then its reasoning."}
```

## What to do

Close the thinking before the answer, or remove the row if the answer is missing.

## Known limits

Templates that end the prompt with `<think>`, such as those of DeepSeek-R1 and QwQ, train on responses that only close
the tag. In a dataset where fewer than half of the responses think, keep the tag in the prompt of each row. Empty
thinking in the form of Qwen3's template (`<think>`, an empty line, `</think>`) marks an answer without thinking and is
not reported. Neither is a plain text that is one tag and nothing else, as a line of a document.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Hit, Options, Policy, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.responses.thinking import TAGS, Tag, may_think, tags
from datalint.rules.common.texts.line_ends import plain_ends
from datalint.rules.common.texts.turns import learned, without_code

#: A token of thinking that some models are trained to write, and Gemma 4's for a system prompt.
_MARK: Final = "<|think|>"
#: How Qwen3's template begins an answer without thinking.
_WITHOUT: Final = "<think>\n\n</think>\n\n"
#: Characters of it at most, with any line ends.
_START: Final = 2 * len(_WITHOUT)
#: Hits on tags that close what is not open.
_CLOSES: Final = "closes"
#: A call's tag, and how a call begins after it: as JSON, as markup, or with a function's name and its arguments.
_CALL, _CALL_END = "<tool_call>", "</tool_call>"
_IS_CALL: Final = r"\s*(?:[{\[<]|```|[\w.:-]+\s*[({<\n])"
#: The answer in tags next to those of thinking, and characters of one that are shown.
_ANSWER: Final = "<answer>"
_ANSWERED: Final = r"<answer>([^<>]{1,200})</answer>"
_SHOWN: Final = 40
#: Who asks for no thinking in Qwen3's way gets empty thinking.
_NO_THINKING: Final = ("no_think", "thinking off", "enable_thinking")


@rule(
    "FMT603",
    "unbalanced-thinking",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.MEDIUM,
    policy=Policy("close thinking that they do not open; the template has to open it", 0.5, least=2, key=(_CLOSES,)),
)
def unbalanced_thinking(turns: Turns, options: Options) -> pl.Expr:
    """Find responses with a tag of thinking; the detail pairs the tags."""
    return passing(learned(turns), turns.text, lambda text: may_think(text) | _calls(text) | _is_marked(text))


def _is_marked(text: pl.Expr) -> pl.Expr:
    return text.str.contains_any([_MARK])


def _calls(text: pl.Expr) -> pl.Expr:
    """Return whether a text begins with the tag of a call that nothing closes."""
    return text.str.starts_with(_CALL) & ~text.str.contains_any([_CALL_END])


@unbalanced_thinking.detail
def _what(row: dict[str, Any], options: Options) -> Hit | None:
    text = row["text"]
    found = tags(text)
    if row["role"] == "text" and len(found) == 1 and not f"{text[: found[0].start]}{text[found[0].stop :]}".strip():
        return None  # a line of a document: the other tag is on another line
    if text.startswith(_CALL) and _CALL_END not in text and not re.match(_IS_CALL, text[len(_CALL) :]):
        return Hit(f"{_CALL} before text that is no call, and no {_CALL_END} after it")
    if (marks := _unclosed_marks(text)) > 1:
        return Hit(f"{_MARK} opens {marks} times, and nothing closes it")
    opened: Tag | None = None
    other: Tag | None = None
    first: Tag | None = None
    for tag in found:
        first = first or tag
        if tag.closes:
            if opened is None and not _is_opened_before(tag, row):
                if tag is found[0] and (begins := _cut_opening(text, tag)):
                    return Hit(f'begins with "{begins}", which lost the first sign of {tag.pair[0]}')
                return Hit(f"{tag.pair[1]} without {tag.pair[0]} before it", key=_CLOSES)
            if opened is not None and opened.pair != tag.pair:
                other = other or tag
                continue
            if opened is not None and not text[opened.stop : tag.start].strip() and tag is found[-1]:
                # The answers of a plain text are anywhere in it.
                start = opened.start if row["role"] == "text" else 0
                meant = plain_ends(text[start : start + _START]).startswith(_WITHOUT) or any(
                    word in row["prompt"] or word in row["system"] for word in _NO_THINKING
                )
                return None if meant else Hit("the thinking is empty", severity=Severity.INFO)
            opened = None
        elif _begins_line(text, tag):
            if opened is not None:
                return Hit(f"{tag.pair[0]} inside {opened.pair[0]}") if opened.pair == tag.pair else None
            opened, other = tag, None
    if opened is None:
        return _two_answers(text, found)
    if other is not None:
        return Hit(f"{opened.pair[0]} is closed by {other.pair[1]}")
    return Hit(f"{opened.pair[0]} without {opened.pair[1]} after it")


def _cut_opening(text: str, tag: Tag) -> str:
    """Return the opening tag without its first sign if a text begins with it, as if it had been cut; otherwise ""."""
    cut = tag.pair[0][1:]
    return cut if text.lstrip().startswith(cut) else ""


def _two_answers(text: str, found: list[Tag]) -> Hit | None:
    """Return the hit of an answer within the only thinking that is not the one after it."""
    if text.count(_ANSWER) < 2 or [tag.closes for tag in found] != [False, True]:
        return None
    blocks = list(re.finditer(_ANSWERED, without_code(text)))
    within = [match for match in blocks if found[0].stop <= match.start() < found[1].start]
    after = [match for match in blocks if match.start() >= found[1].stop]
    if not within or not after or "".join(within[0][1].split()) == "".join(after[-1][1].split()):
        return None
    return Hit(
        f'{_ANSWER} inside {found[0].pair[0]} says "{excerpt(within[0][1].strip(), _SHOWN)}", '
        f'and the one after it "{excerpt(after[-1][1].strip(), _SHOWN)}"'
    )


def _unclosed_marks(text: str) -> int:
    """Return how many lines begin with the mark of thinking; 0 where another token may close it."""
    if _MARK not in text:
        return 0
    plain = without_code(text)
    if set(re.findall(r"<\|[^|<>\n]{0,20}think[^|<>\n]{0,20}\|>", plain)) != {_MARK} or "</think" in plain:
        return 0
    return sum(line.lstrip().startswith(_MARK) for line in plain.split("\n"))


def _begins_line(text: str, tag: Tag) -> bool:
    """Whether nothing is before a tag on its line: elsewhere a text may speak of the tag."""
    return not text[text.rfind("\n", 0, tag.start) + 1 : tag.start].strip()


def _is_opened_before(tag: Tag, row: dict[str, Any]) -> bool:
    """Whether the prompt ends with the opening tag, or the text speaks of the tag in the middle of a sentence."""
    if any(row["prompt"].rstrip().endswith(pair[0]) for pair in TAGS if pair == tag.pair):
        return True
    return tag.pair[0] in row["text"][: tag.start]
