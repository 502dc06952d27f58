"""The form of a text in which near-duplicates are compared."""

from __future__ import annotations

import polars as pl

# Regular expressions know every space that str.split knows but the four ASCII separators.
_OTHER_SPACE = r"[\s\x1c-\x1f&&[^ ]]"


def normalize(texts: pl.Series) -> pl.Series:
    """Return ``texts`` in lower case, runs of white space as one space, none at the ends; null as empty.

    The same as ``" ".join(text.lower().split())``, save for letters that Unicode has added since the
    interpreter's own tables: there Polars' newer tables count, so that results don't hang on the interpreter.
    """
    # Turning other spaces into spaces first leaves a second pattern that rarely matches: nine times faster
    # than replacing every run, since most runs are a single space already.
    return (
        texts.fill_null("")
        .str.to_lowercase()
        .str.replace_all(_OTHER_SPACE, " ")
        .str.replace_all("  +", " ")
        .str.strip_chars(" ")
    )
