"""The turn rules of the quality factor on texts of any kind: they end, and what they say is safe to print."""

from __future__ import annotations

from typing import Any

from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.api import Hit, Rule, printable
from datalint.core.registry import Registry

NAMES = (
    "empty-response", "null-word-prompt", "placeholder-text",
    "truncated-response", "repetition-loop", "refusal", "assistant-disclaimer", "identity-leak", "mojibake",
    "replacement-character", "control-character", "invisible-character", "bidi-control", "secret", "personal-data",
)  # fmt: skip
REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.name: rule for rule in REGISTRY if rule.name in NAMES}
#: Pieces that the rules look for, which random text would hardly hold.
PIECES = st.sampled_from(
    (
        "{{name}}", "[Your Name]", "I'm sorry, but I can't", "As an AI language model", "I am ChatGPT", "FranÃ§oise",
        "â€", "\ufffd", "\x1b", "\r", "\u200b", "\ue000", "\u202e", "\u2069", "ada@posteo.net", "ghp_", "and the",
        "```",
    )
)  # fmt: skip
HOSTILE = ["{{a}} " * 20_000, "`" * 50_001, "I'm " * 25_000, "Ã©" * 30_000, '."' * 30_000, "sorry " * 25_000]
HOSTILE += ["\u202e\n" * 25_000, " \t" * 50_000 + "TODO x", "A: " * 25_000 + "a", "the man " * 25_000 + "and"]


def row(text: str) -> dict[str, Any]:
    return {
        "example": 0, "turn": 1, "role": "assistant", "text": text, "path": "$.completion", "is_prompt": False,
        "prompt": text, "system": text, "is_response": True, "is_last": True, "has_tool_calls": False,
        "has_media": False, "continues": False, "spoken": "", "side": "", "chars": len(text),
        "record": {"completion": text},
    }  # fmt: skip


def said(rule: Rule, text: str) -> str:
    assert rule.detail_function is not None
    hit = rule.detail_function(row(text), rule.options())
    return hit.message if isinstance(hit, Hit) else hit or ""


def test_all_rules_are_there() -> None:
    assert set(RULES) == set(NAMES)


@every("rule", RULES.values(), ids=RULES)
@every("text", HOSTILE, ids=[text[:8].strip() for text in HOSTILE])
def test_hostile_text_ends(rule: Rule, text: str) -> None:
    message = said(rule, text)
    assert printable(message) == message
    assert len(message) < 400


@given(st.lists(PIECES | st.text(max_size=30), min_size=1, max_size=6).map(" ".join))
def test_messages_are_printable(text: str) -> None:
    for rule in RULES.values():
        message = said(rule, text)
        assert printable(message) == message
        assert len(message) < 400
