"""Keys of what an account says about itself, next to the text that it posted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.support.names.column_names import fold_name

#: Words of keys that say how many people follow an account, and last words of keys of what it says about itself.
_FOLLOWERS: Final = frozenset("follower followers following followings".split())
_PROFILES: Final = frozenset(("description", "bio", "biography"))


def profile_keys(keys: Sequence[str]) -> list[str]:
    """Return the keys of the profile of an account among those of a row; none where no key says who follows it."""
    found = [key for key in keys if not _PROFILES.isdisjoint(fold_name(key)[-1:])]
    return found if found and any(not _FOLLOWERS.isdisjoint(fold_name(key)) for key in keys) else []
