"""Prompts that many rows share."""

from datalint.records.prompts import CommonPrompt, common_prompts

__all__ = ["CommonPrompt", "common_prompts"]
