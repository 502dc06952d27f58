"""Names of labels next to a text, which is a prompt then."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.names.decided_names import DECISIONS, names_level
from datalint.support.names.text_qualities import QUALITIES

#: Words of the names of labels, next to which a text is a prompt.
_LABELS: Final = (
    QUALITIES | DECISIONS | frozenset("category labels expected gold golden relation tag rating star".split())
)
#: The name of the labels of one of several tasks.
_SUBTASK: Final = r"(?i)(?:sub)?task[_ -]?(?:[a-d]|[1-4])"


def is_label_name(key: str) -> bool:
    """Return whether a key is named as a label, in any language."""
    if re.fullmatch(_SUBTASK, key) is not None:
        return True
    from datalint.support.names.column_names import fold_name

    own = re.split(r"[\W_\d]+", key.lower())
    folded = fold_name(key)
    words = [word.removeprefix("is") for word in (*own, *folded)]
    return names_level(folded) or not _LABELS.isdisjoint((*words, *(word.removesuffix("s") for word in words)))
