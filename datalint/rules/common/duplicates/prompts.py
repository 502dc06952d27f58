"""Prompts that many rows share."""

from datalint.records.prompts import REPORTED, SHARE, CommonPrompt, asked_everywhere, limit_of, prompts_of

__all__ = ["REPORTED", "SHARE", "CommonPrompt", "asked_everywhere", "limit_of", "prompts_of"]
