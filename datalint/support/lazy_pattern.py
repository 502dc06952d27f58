"""Regular expressions of modules, compiled when they are first used and not when the module is imported."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what has the methods of ``re.compile(pattern, flags)``, and compiles it for the first of them.

    A run imports many modules of which it uses few patterns, and compiling one takes as long as importing a module. The
    functions of :mod:`re` do not take it in the place of a pattern: call its own methods.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Only a name that is not set yet comes here: the next call of a method is as fast as that of a pattern.
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
