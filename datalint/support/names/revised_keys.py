"""Names of keys with what somebody made of a model's output or of a draft."""

from __future__ import annotations

from typing import Final

#: Words of such names.
_REVISED: Final = frozenset("revision revised corrected correction edited rewritten improved final".split())
#: The last words of others, and who edited before them.
_EDITS: Final = ("edit", "edits")
_EDITORS: Final = frozenset("human user manual expert post annotator reviewer".split())


def is_revised(key: str) -> bool:
    """Return whether a key names a revision, such as ``revised_answer`` or ``human_edit``."""
    # The words of names take time to load, and most checks need none.
    from datalint.support.names.column_names import fold_name

    words = fold_name(key)
    edited = not _EDITORS.isdisjoint(words[-2:-1]) and words[-1] in _EDITS
    return edited or not _REVISED.isdisjoint(words)
