"""What is said of a file that can't be opened."""

from __future__ import annotations

import pytest

from datalint.core.errors import unreadable


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file or directory"), "no such file: a.jsonl: check the path"),
        (PermissionError(13, "Permission denied"), "a.jsonl cannot be read: you lack the permission (chmod +r)"),
        (IsADirectoryError(21, "Is a directory"), "a.jsonl is a folder: name a file in it"),
        (OSError(5, "Input/output error"), "a.jsonl cannot be read: Input/output error"),
        (OSError(), "a.jsonl cannot be read: OSError"),
    ],
)
def test_one_sentence_with_the_remedy(error: OSError, said: str) -> None:
    assert unreadable("a.jsonl", error) == said
