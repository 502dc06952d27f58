"""What data is for, which decides how much of it is enough, and what training is for."""

from __future__ import annotations

from typing import Final, Literal

#: Instruction tuning, preference tuning, prompts for reinforcement learning, plain texts, and a set to evaluate on.
Kind = Literal["sft", "preference", "rl", "text", "evaluation"]
#: The rows of the guide's table of goals (docs/guide.md, When to fine-tune).
Goal = Literal[
    "style", "shorter-prompts", "vocabulary", "speed", "output-format", "domain-knowledge", "general-questions"
]
#: What an example asks for, by its answer.
Task = Literal[
    "classification", "tagging", "structured-output", "tool-use", "preference", "reinforcement", "continuation",
    "evaluation", "chat", "generation",
]  # fmt: skip

SFT: Final = "sft"
PREFERENCE: Final = "preference"
RL: Final = "rl"
TEXT: Final = "text"
EVALUATION: Final = "evaluation"
#: The shape of requests of a batch, which are for no kind of training until they are joined with their responses.
REQUESTS: Final = "batch-requests"
