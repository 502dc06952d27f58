"""The special tokens of chat templates, by the model families whose tokenizers read them out of plain text.

Each list was taken from the family's published tokenizer_config.json or model card.
"""

from __future__ import annotations

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
#: Tokens that end a text or a turn.
ENDS: Final = (*_bars("endoftext im_end end_of_text eot_id eot"), "<end_of_turn>", "<turn|>", "<｜end▁of▁sentence｜>")
#: Tokens that are names or markup too: only where a text begins or ends with them.
OPENING: Final = ("<bos>", "<BOS_TOKEN>")
CLOSING: Final = ("<eos>", "<EOS_TOKEN>")
#: Llama 2's and Mistral's begin and end of a text; HTML's strikethrough when they are a pair.
STRIKE_OPEN: Final = "<s>"
STRIKE_CLOSE: Final = "</s>"
