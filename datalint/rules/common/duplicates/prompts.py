"""Prompts that many rows share."""

from datalint.records.prompts import CommonPrompt, prompts_of

__all__ = ["CommonPrompt", "prompts_of"]
