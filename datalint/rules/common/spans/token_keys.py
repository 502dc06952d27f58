"""Keys of the tokens of a text, and of the tags of the tokens."""

from datalint.support.names.token_keys import EXTRA, LAYERS, TAG, TAGS, TOKENS

__all__ = ["EXTRA", "LAYERS", "TAG", "TAGS", "TOKENS"]
