"""Names of keys that other packages look for as well, for rules."""

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
]
