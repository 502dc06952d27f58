"""JSON paths of labels of texts."""

from __future__ import annotations

from typing import Final

#: Last words of the names of what somebody says of a text in one of few words.
_SAID: Final = (("stance",), ("polarity",), ("toxicity",), ("hatespeech",), ("irony",), ("sarcasm",))


def is_label_path(path: str) -> bool:
    """Return whether the key of a JSON path is that of a label by its name, such as ``$.label`` or ``$.sentiment``."""
    # Few rows are asked, and then the names need not be loaded.
    from datalint.support.names.column_names import Strength, fold_name, strength

    key = path.removeprefix("$.")
    return key.isidentifier() and (strength(key, "category") is Strength.WHOLE or fold_name(key)[-1:] in _SAID)
