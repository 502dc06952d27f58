"""Changes of code: issues with the patch that solves them (SWE-bench), and files before and after a commit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Names of the patch that solves an issue, and words of the names of other texts that are known after it is solved.
_PATCHES: Final = (("patch",), ("gold", "patch"), ("golden", "patch"), ("diff",))
_AFTERWARDS: Final = frozenset("test tests hint hints".split())
#: Words of the names of issues.
_ISSUES: Final = frozenset("issue bug problem".split())
#: How a patch begins, or a part of it.
_PATCH: Final = re.compile(r"(?m)^(?:diff --git |Index: |--- |\*\*\* Begin Patch|@@ )")
#: Words of the names of a file before a commit and after it, and of the messages of commits, the fullest one first.
_BEFORE: Final = ("old", "before", "original", "pre")
_AFTER: Final = ("new", "after", "modified", "post")
_CONTENTS: Final = frozenset("contents content code file source".split())
_MESSAGES: Final = (
    ("instruction",), ("message",), ("commit", "message"), ("commit", "msg"), ("msg",), ("subject",),
    ("commit", "subject"),
)  # fmt: skip
#: Words of keys of which rows about commits have one.
_OF_COMMITS: Final = frozenset("commit sha repo repos repository".split())
#: Rows that are looked at, and the share of them that must agree.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9


def code_changes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about issues and their patches, or commits with the files before and after; None for others."""
    if len(rows) < LEAST_ROWS:
        return None
    return _solved(columns, rows) or _committed(columns)


def _solved(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about issues and their patches; tests and hints that came later are neither read nor learned."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    patches = [each for each in texts if fold_name(each.key) in _PATCHES and _are_patches(rows, each.key)]
    rest = [each for each in texts if each not in patches and _AFTERWARDS.isdisjoint(fold_name(each.key))]
    issues = [each for each in rest if not _ISSUES.isdisjoint(fold_name(each.key))]
    if len(patches) != 1 or len(issues) != 1:
        return None
    # Lists of tests that fail before and pass after are written as text.
    others = [each for each in rest if each not in issues and not each.listed]
    return Guess.of({"prompt": issues[0].key, "response": patches[0].key}, clear=not others, basis="names")


def _are_patches(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    texts = [text for row in rows[:_ROWS] if isinstance(text := row.get(key), str) and text.strip()]
    return bool(texts) and sum(_PATCH.search(text) is not None for text in texts) >= _NEARLY_ALL * len(texts)


def _committed(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a file before and after a commit, whose message asks for the change."""
    texts = [each for each in columns if each.holds is Holds.TEXT]
    named = {fold_name(each.key): each for each in texts}
    pairs = [
        (each, named[after])
        for words, each in named.items()
        for one, other in zip(_BEFORE, _AFTER, strict=True)
        if _CONTENTS.intersection(words)
        and one in words
        and (after := tuple(other if word == one else word for word in words)) in named
    ]
    messages = [named[words] for words in _MESSAGES if words in named]
    of_commits = any(_OF_COMMITS.intersection(fold_name(each.key)) for each in columns)
    if len(pairs) != 1 or not messages or not of_commits:
        return None
    old, new = pairs[0]
    found = {"prompt": messages[0].key, "context": old.key, "response": new.key}
    return Guess.of(found, clear=True, basis="names")
