"""Rows that other programs wrote for another purpose than training: logs of evaluations, and exports of chats."""

from __future__ import annotations

from collections.abc import Collection

from datalint.support.chat_exports import chat_program
from datalint.support.evaluation_logs import evaluation_program


def is_export(keys: Collection[str]) -> bool:
    """Return whether rows with these keys have no shape, whatever their keys are called."""
    return evaluation_program(keys) is not None or chat_program(keys) is not None
