"""Names of keys that other packages look for as well, for rules."""

from datalint.support.letters import letters_of
from datalint.support.names.message_keys import (
    ARGUMENTS,
    GEMINI_FILES,
    MEDIA_LISTS,
    MEDIA_PARTS,
    SHAREGPT_NAMES,
    WEIGHTS,
)
from datalint.support.names.metadata_keys import HELD_OUT, LINKS, NESTS, SPLITS, TRAINING

__all__ = [
    "ARGUMENTS",
    "GEMINI_FILES",
    "HELD_OUT",
    "LINKS",
    "MEDIA_LISTS",
    "MEDIA_PARTS",
    "NESTS",
    "SHAREGPT_NAMES",
    "SPLITS",
    "TRAINING",
    "WEIGHTS",
    "letters_of",
]


def names_text_or_label(key: str) -> bool:
    """Return whether a key is a usual name of what is read, learned or counted: a prompt, a response, a label."""
    # Most runs need none of these names here.
    from datalint.support.names.column_names import is_name

    return is_name(key)
