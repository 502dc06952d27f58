"""A text contains a special token of a chat template.

## What it does

Looks for the special tokens of the common model families in every text: ChatML (`<|im_start|>`), Llama (`[INST]`,
`<|eot_id|>`), Gemma (`<start_of_turn>`), Mistral (`[TOOL_CALLS]`), Phi and Zephyr (`<|user|>`), GPT (`<|endoftext|>`,
`<|channel|>`), DeepSeek (`<｜User｜>`), Command R, Granite, Kimi. `<s>…</s>` is read as HTML strikethrough unless the
pair encloses the whole text. A lone `</s>`, or `<s>` at the start, counts as a token. A token that lost a sign
(`|im_end|>`, `<|im_end|`, `<|im_end>`) is reported if its name stands for nothing else, and so is `<|vision_start|>`
without its `<|vision_end|>`.

## Why it matters

Tokenizers read these strings as control tokens wherever they are. The trainer's template adds its own tokens, so the
model sees two beginnings (alignment-handbook#127, axolotl#1616) or learns that a text continues after its end. A token
that lost a sign is read as text: the end of an image or a turn is never seen. The usual causes are a template that was
applied twice and text that was copied from a model's raw output.

A finding is an error where a template is put around the text. It is a warning:
- in plain-text rows (`{"text": …}`), which get no template
- in prompts, if at most 1 % of 100 examples or more have a token: a user may write about them, or attack the model
- as one finding, if nine in ten answers end with tokens, as completion APIs require (see
  [missing-end-token](missing-end-token.md)), or a column has texts with a whole template
- for tagged tokens that begin with `<s>` and end with `</s>`

It is a note in answers of an evaluation set, and in plain texts, prompts and system prompts that are a whole template
(`<|im_start|>user … <|im_end|>`) or end with the header of the answer (`<|im_start|>assistant`).

## Bad

```jsonl
{"prompt": "Two plus two?", "completion": "Four.<|endoftext|>"}
```

## Good

```jsonl
{"prompt": "Show a price cut in HTML.", "completion": "<p><s>10 €</s> 8 €</p>"}
```

## What to do

Delete the tokens that the trainer's template adds, and the turns after a token that ends an answer. Complete tokens
that lost a sign and must stay. Texts that are trained without a template keep theirs.

## Known limits

Texts about tokenizers mention such tokens and are tokenized in the same way; list these tokens in `allow`. A single
`</s>` between spaces in a prompt is not reported, because encoders use it to separate two texts. Reasoning markers
(`<think>`, `<|begin_of_thought|>`) are not control tokens. Tokens whose names others use too (`<|start|>`, `<|end|>`)
are not reported next to three of no template (`<|board|>`, `<|move|>`), as these are a grammar of your own. Segments
with a loss mask (`segments`) are trained without a template, so tokens belong in them and are not reported.
"""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from datalint.api import (
    Hit,
    Options,
    Policy,
    Severity,
    Turns,
    frozen,
    listed,
    option,
    passing,
    printable,
    rule,
)
from datalint.rules.common.texts.chat_texts import ANSWER_TOKENS, BEGINS, ENDS, FIRST_TOKENS
from datalint.rules.common.texts.own_tokens import are_own
from datalint.rules.common.texts.template_tokens import (
    CLOSING,
    DAMAGED,
    OPENING,
    STRIKE_CLOSE,
    STRIKE_OPEN,
    TOKENS,
    damaged,
    without_partner,
)

_STRIKE = "</?s>"
#: Tokens that no sentence of tokens with labels has within it.
_OTHERS = frozenset((STRIKE_OPEN, STRIKE_CLOSE, *TOKENS))
_MOST = 3
#: Where texts stand that no template is put around.
_SEGMENTS = "$.segments["
#: The header of the answer at the end of a prompt: the whole prompt is rendered, as trainers without a template read it.
_HEADER = rf"(?:{ANSWER_TOKENS})\s*(?:<think>\s*)?\Z"
#: The first tokens of a rendered conversation.
_FIRST = rf"\s{{0,20}}(?:{BEGINS})?\s{{0,20}}(?:{FIRST_TOKENS})"
#: Tokens of which a rendered conversation that begins with a turn has one.
_TURN_ENDS = (*ENDS, "[/INST]", "<|assistant|>", "<|ASSISTANT|>", "<｜Assistant｜>")
#: The key of hits whose tokens are the end of a response.
_ENDS = "end"
#: The keys of hits in prompts, which may be about tokens, or attacks, where they are few; the latter if a template made
#: the whole text.
_IN_PROMPT, _WHOLE_PROMPT = "prompt", "whole prompt"
#: The same of hits in answers, which nothing is learned from in an evaluation set.
_IN_ANSWER, _WHOLE_ANSWER = "answer", "whole answer"


@frozen
class EmbeddedTemplateTokenOptions(Options):
    """Which words are tokens."""

    extra: tuple[str, ...] = option((), "further tokens to look for, such as those of your own template")
    allow: tuple[str, ...] = option((), "tokens that a text may contain")


@rule(
    "FMT601",
    "embedded-template-token",
    severity=Severity.ERROR,
    since="0.1",
    policy=Policy(
        "have an answer that ends with a special token, or a text that a template made; wrong if the trainer adds these",
        0.9,
        severity=Severity.WARNING,
        key=(_ENDS, _WHOLE_PROMPT, _WHOLE_ANSWER),
        rare=(_IN_PROMPT, _WHOLE_PROMPT),
        learned=(_IN_ANSWER, _WHOLE_ANSWER),
    ),
)
def embedded_template_token(turns: Turns, options: EmbeddedTemplateTokenOptions) -> pl.Expr:
    """Return the turns with any token in them."""
    words = [*TOKENS, *OPENING, *CLOSING, STRIKE_OPEN, STRIKE_CLOSE, *DAMAGED, *options.extra]
    wanted = [word for word in words if word and word not in options.allow]
    # Building the automaton takes as long as several queries, and few texts have a sign that begins a token.
    signs = sorted({word[0] for word in wanted})
    return passing(turns.text.str.contains_any(signs), turns.text, lambda text: text.str.contains_any(wanted))


@embedded_template_token.detail
def name_tokens(row: dict[str, Any], options: EmbeddedTemplateTokenOptions) -> Hit | None:
    """Name the first tokens and where the first one is; withdraw what is markup."""
    text = row["text"]
    if row["path"].startswith(_SEGMENTS):
        return None
    found = sorted((place, word) for word, place in _tokens(text, options) if word not in options.allow)
    if not found:
        return _broken(row, options)
    words = {word for _, word in found}
    if words.isdisjoint(options.extra) and are_own(words, text, row["prompt"]):
        return None
    if _is_enclosed(row):
        return Hit("the tokens begin with <s> and end with </s>, which tokenizers add", severity=Severity.WARNING)
    names = list(dict.fromkeys(printable(word) for _, word in found))
    message = f"{listed(names, len(names), _MOST)} in the text, at character {found[0][0] + 1:,} of {len(text):,}"
    place, word = found[0]
    separates = row["is_prompt"] and len(found) == 1 and word == STRIKE_CLOSE and text[place - 1 : place].isspace()
    if separates and text[place + len(word) :].startswith(" "):
        return None
    if row["is_response"] and _are_last(text, found):
        return Hit(message, key=_ENDS, severity=Severity.WARNING if row["role"] == "text" else None)
    # Trainers put no template around a prompt that is a text, and one around a list of messages.
    is_text = (row["is_prompt"] or row["role"] == "system") and "[" not in row["path"]
    is_rendered = _is_rendered(text)
    # A text that is classified is the data, such as an attack on a model.
    if row["role"] == "text" or (is_text and is_rendered) or row["path"] == "$.text":
        severity = Severity.INFO if is_rendered else Severity.WARNING
        return Hit(f"{message}; wrong if the trainer adds a template", severity=severity)
    # Messages get a template in any case, so that all of them have two.
    if is_rendered and "[" not in row["path"]:
        return Hit(message, key=_WHOLE_ANSWER if row["is_response"] else _WHOLE_PROMPT)
    return Hit(message, key=_side(row))


def _is_enclosed(row: dict[str, Any]) -> bool:
    """Return whether a text is a list of tokens with labels that begins with ``<s>``, ends with ``</s>``, and has no other."""
    tokens = row["record"].get(row["path"].removeprefix("$.")) if row["is_prompt"] else None
    if not isinstance(tokens, list) or tokens[:1] != [STRIKE_OPEN] or tokens[-1:] != [STRIKE_CLOSE]:
        return False
    return _OTHERS.isdisjoint(token for token in tokens[1:-1] if isinstance(token, str))


def _side(row: dict[str, Any]) -> str | None:
    """Return the key of a hit by who says the text; None where it is neither the user nor the assistant."""
    return _IN_PROMPT if row["is_prompt"] else _IN_ANSWER if row["is_response"] else None


def _is_rendered(text: str) -> bool:
    """Whether a template made the whole text: it ends with the header of the answer, or begins with a turn that ends."""
    if re.search(_HEADER, text) is not None:
        return True
    return re.match(_FIRST, text) is not None and any(token in text for token in _TURN_ENDS)


def _broken(row: dict[str, Any], options: EmbeddedTemplateTokenOptions) -> Hit | None:
    """Return a hit for the first token that lost a sign, or that has no partner."""
    text, is_data = row["text"], row["path"] == "$.text" and row["role"] != "text"
    key = _side(row)
    for place, word, meant in damaged(text):
        if word not in options.allow and not is_data:
            where = f"at character {place + 1:,} of {len(text):,}"
            return Hit(f"{printable(word)} in the text, {where}: {meant} lost a sign", key=key)
    alone = without_partner(text)
    return Hit(f"{alone} in the text without its partner", key=key) if alone and alone not in options.allow else None


def _are_last(text: str, found: list[tuple[int, str]]) -> bool:
    """Whether all tokens of a text are at its end, and end a turn or a text. ``found`` has the place of each first one."""
    rest = text[found[0][0] :]
    for _, word in found:
        rest = rest.replace(word, "")
    return not rest.strip() and all(word in ENDS or word in CLOSING for _, word in found)


def _tokens(text: str, options: EmbeddedTemplateTokenOptions) -> list[tuple[str, int]]:
    found = [(word, text.find(word)) for word in (*TOKENS, *options.extra) if word and word in text]
    body = text.strip()
    start = len(text) - len(text.lstrip())
    found += [(word, start) for word in OPENING if body.startswith(word)]
    found += [(word, start + len(body) - len(word)) for word in CLOSING if body.endswith(word)]
    return found + _strikes(text, start, start + len(body))


def _strikes(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """Return each ``</s>`` without its ``<s>``, and ``<s>`` at the start that ends at the end or never."""
    found: list[tuple[str, int]] = []
    opened: list[int] = []
    for match in re.finditer(_STRIKE, text):
        if match.group() == STRIKE_OPEN:
            opened.append(match.start())
        elif not opened:
            found.append((STRIKE_CLOSE, match.start()))
        elif opened.pop() == start and match.end() == end:
            found += [(STRIKE_OPEN, start), (STRIKE_CLOSE, match.start())]
    return found + [(STRIKE_OPEN, place) for place in opened if place == start]
