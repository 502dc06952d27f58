"""The special tokens of chat templates, by the model families whose tokenizers read them out of plain text.

Each list was taken from the family's published tokenizer_config.json or model card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final


def _bars(names: str) -> tuple[str, ...]:
    return tuple(f"<|{name}|>" for name in names.split())


_FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "ChatML (Qwen, Yi, InternLM)": _bars("im_start im_end im_sep"),
    "GPT": _bars("endoftext startoftext endofprompt"),
    "gpt-oss (Harmony)": _bars("start end message channel constrain return call"),
    "Llama 2": ("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"),
    "Llama 3": _bars(
        "begin_of_text end_of_text start_header_id end_header_id eot_id eom_id python_tag finetune_right_pad_id"
    ),
    "Llama 4": _bars("header_start header_end eot eom"),
    "Gemma": ("<start_of_turn>", "<end_of_turn>", "<|turn>", "<turn|>"),
    "Mistral": (
        "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_CALLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]",
        "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]",
    ),
    "Phi, Zephyr, GLM": (*_bars("system user assistant observation"), "[gMASK]"),
    "StableLM, OpenAssistant": _bars("SYSTEM USER ASSISTANT prompter"),
    "Command R": _bars(
        "START_OF_TURN_TOKEN END_OF_TURN_TOKEN SYSTEM_TOKEN USER_TOKEN CHATBOT_TOKEN"
    ),
    "Granite": _bars("start_of_role end_of_role"),
    "Kimi": _bars("im_system im_user im_assistant im_middle tool_calls_section_begin tool_calls_section_end"),
    "DeepSeek": (
        "<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>", "<｜tool▁calls▁begin｜>",
        "<｜tool▁calls▁end｜>", "<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>", "<｜tool▁sep｜>",
    ),
}  # fmt: skip

#: Tokens that stand for nothing else wherever they are.
TOKENS: Final = tuple(dict.fromkeys(token for family in _FAMILIES.values() for token in family))
#: Tokens that are names or markup too: only where a text begins or ends with them.
OPENING: Final = ("<bos>", "<BOS_TOKEN>")
CLOSING: Final = ("<eos>", "<EOS_TOKEN>")
#: Llama 2's and Mistral's begin and end of a text; HTML's strikethrough when they are a pair.
STRIKE_OPEN: Final = "<s>"
STRIKE_CLOSE: Final = "</s>"

#: Any of these, and what tokenizers fill a text up with: they say nothing.
SPECIAL: Final = "|".join(
    map(
        re.escape,
        sorted((*TOKENS, *OPENING, *CLOSING, STRIKE_OPEN, STRIKE_CLOSE, "<pad>", "<PAD>"), key=len, reverse=True),
    )
)

#: Tokens around an image in the texts of Qwen's models, which are fine if each start has its end.
_PAIR: Final = ("<|vision_start|>", "<|vision_end|>")
#: Names of tokens that are written for nothing else, so that a sign that was lost around them is seen.
_NAMES: Final = tuple(
    token[2:-2]
    for token in (
        *(token for token in TOKENS if re.fullmatch(r"<\|(?:\w+_\w+|endoftext|startoftext|endofprompt)\|>", token)),
        *_PAIR,
        *_bars("vision_pad image_pad video_pad audio_bos audio_eos object_ref_start object_ref_end box_start box_end"),
        *_bars("fim_prefix fim_suffix fim_middle tool_call_begin tool_call_end"),
    )
)
#: What a text contains that has such a token, whole or without one of its four signs, or one of a pair.
DAMAGED: Final = (*_PAIR, *(form.format(name) for name in _NAMES for form in ("|{}|>", "<{}|>", "<|{}>", "<|{}|")))
#: What stands around a token in code and in texts about tokens.
_QUOTES: Final = r"""['"`\\/]"""
_NAME: Final = f"({'|'.join(_NAMES)})"
_DAMAGED: Final = rf"(?<!{_QUOTES})(?:(?<!<)\|{_NAME}\|>|<{_NAME}\|>|<\|{_NAME}>|<\|{_NAME}\|(?!>))(?!{_QUOTES})"


def damaged(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the place of each token that lost one of its signs, what is written, and the token that is meant."""
    for match in re.finditer(_DAMAGED, text):
        yield match.start(), match.group(), f"<|{next(name for name in match.groups() if name)}|>"


def without_partner(text: str) -> str | None:
    """Return which of the two tokens around an image there are more of, ``None`` if each has its other."""
    start, end = (len(re.findall(rf"(?<!{_QUOTES}){re.escape(token)}(?!{_QUOTES})", text)) for token in _PAIR)
    return None if start == end else _PAIR[start < end]
