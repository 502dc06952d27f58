"""Keys of the tokens of a text, and of the tags of the tokens."""

from datalint.support.names.token_keys import TAG, TAGS, TOKENS

__all__ = ["TAG", "TAGS", "TOKENS"]
