"""Keys of facts about a row: objects that hold them, the split that the row is of, and links."""

from __future__ import annotations

from typing import Final

#: Keys of objects with facts about a row.
NESTS: Final = ("metadata", "meta", "info", "extra")
#: Keys of the split that a row is of, and what they say of rows for training and of those that are held out.
SPLITS: Final = ("split", "subset", "partition", "set", "fold")
TRAINING: Final = frozenset(("train", "training"))
HELD_OUT: Final = frozenset(("test", "testing", "eval", "evaluation", "valid", "validation", "val", "dev", "held-out"))
#: Keys of links.
LINKS: Final = frozenset(("url", "uri", "link", "href"))
