"""What defines a model for rows: templates, special tokens, vocabulary. It pickles, so that workers get the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from datalint.support.classes import frozen

#: Stands with a colon before the name of a vocabulary that a package ships. Paths are absolute, so none begins so.
PACKAGED: Final = "quicktok"


@frozen
class ModelSpec:
    """A model that was found, before anything is compiled or loaded.

    ``name`` is as the user gave it, and ``origin`` says where it was found. ``templates`` are by name: ``default``, and
    ``tool_use`` for rows with tools. ``tokens`` are the special tokens by name (``bos_token``), ``assumed`` those of
    them that stand in for unknown ones. ``vocabulary`` names the tokenizer: the path of a ``tokenizer.json`` or
    ``tekken.json``, or ``quicktok:NAME``; where there is none, ``lacks`` says what to do about it. ``length`` is the
    greatest number of tokens that the model reads. ``adds_beginning`` says whether the tokenizer adds the
    beginning-of-text token to plain texts. ``files`` are the paths of the files that were read.
    """

    name: str
    origin: str
    templates: Mapping[str, str]
    tokens: Mapping[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    vocabulary: str | None = None
    lacks: str = ""
    length: int | None = None
    adds_beginning: bool = False
    files: tuple[str, ...] = ()
    digest: str = ""

    @property
    def identity(self) -> str:
        """A digest of all that a rendering and its tokens depend on."""
        state = hashlib.sha256(self.digest.encode())
        for each in (
            sorted(self.templates.items()),
            sorted(self.tokens.items()),
            self.vocabulary,
            self.length,
            self.adds_beginning,
        ):
            state.update(repr(each).encode())
        return state.hexdigest()
