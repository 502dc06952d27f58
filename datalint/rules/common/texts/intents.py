"""Texts of the intents of a chatbot: what a user may say."""

from __future__ import annotations

from collections.abc import Mapping

from datalint.support.names.intent_keys import SAID


def is_of_intent(path: str, record: Mapping[str, object]) -> bool:
    """Return whether the text at a path of a row is in the list of what users may say with one intent."""
    key = path.removeprefix("$.")
    return key in SAID and isinstance(record.get(key), list)
