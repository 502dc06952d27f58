"""What data is for, which decides how much of it is enough."""

from __future__ import annotations

from typing import Final, Literal

#: Instruction tuning, preference tuning, prompts for reinforcement learning, plain texts, and a set to evaluate on.
Kind = Literal["sft", "preference", "rl", "text", "evaluation"]

SFT: Final = "sft"
RL: Final = "rl"
EVALUATION: Final = "evaluation"
