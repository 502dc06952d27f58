"""Keys of the tokens of a text, and of the tags of the tokens."""

from datalint.support.token_keys import TAGS, TOKENS

__all__ = ["TAGS", "TOKENS"]
