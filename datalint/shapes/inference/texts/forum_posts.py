"""Posts of forums: a title, the text below it, and an answer or a comment that another person wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: What posts are called before ``title`` and the name of the text below it, and names that say nothing else.
_POSTS: Final = ((), ("post",), ("thread",), ("submission",), ("topic",))
_BELOW: Final = frozenset("selftext body text content description".split())
_SELFTEXT: Final = (("selftext",), ("self", "text"))
#: Names of keys of replies to a post, and words that may be next to them.
_REPLIES: Final = frozenset("comment comments reply replies response responses answer answers".split())
_WITH: Final = _REPLIES | frozenset("top best first accepted highest voted upvoted body text content".split())


def forum_posts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about posts with one answer or comment each, which is only proposed if they have a class too.

    The text below the title may be empty where all is said in this.
    """
    titles = [each for each in columns if each.holds is Holds.TEXT and last_word(each.key) == "title"]
    below = [each for each in columns if each.holds is Holds.TEXT and _stands_below(each)]
    replies = [each for each in columns if _is_reply(each)]
    if len(rows) < LEAST_ROWS or not len(titles) == len(below) == len(replies) == 1:
        return None
    title, text, reply = titles[0], below[0], replies[0]
    if fold_name(title.key)[:-1] not in _POSTS or _asks_otherwise(columns, (title, text, reply)):
        return None
    of_post = fold_name(text.key) in _SELFTEXT or bool(fold_name(title.key)[:-1])
    clear = (of_post or last_word(text.key) == "body") and min(text.distinct, reply.distinct) >= VARIED
    clear = clear and reply.holds is Holds.TEXT and not reply.sparse and not any(map(is_class, columns))
    return Guess.of({"prompt": JOIN.join((title.key, text.key)), "response": reply.key}, clear=clear, basis="names")


def _stands_below(column: SampledColumn) -> bool:
    name = fold_name(column.key)
    return name in _SELFTEXT or (name[:-1] in _POSTS and last_word(column.key) in _BELOW)


def _is_reply(column: SampledColumn) -> bool:
    """Whether a column holds texts or lists that are written to a post, by its name."""
    words = fold_name(column.key)
    if _REPLIES.isdisjoint(words) or not _WITH.issuperset(words):
        return False
    return column.holds in (Holds.LIST, Holds.OBJECT, Holds.CHAT) or (
        column.holds is Holds.TEXT and column.length > LONG / 2
    )


def _asks_otherwise(columns: Sequence[SampledColumn], used: Sequence[SampledColumn]) -> bool:
    """Whether another column is the prompt by its name, or one more text is left."""
    others = [each for each in columns if each not in used and not is_about(each)]
    return any(each.holds is Holds.TEXT or strength(each.key, "prompt") is Strength.WHOLE for each in others)
