"""Prompts that many rows share."""

from datalint.records.prompts import common_prompts

__all__ = ["common_prompts"]
