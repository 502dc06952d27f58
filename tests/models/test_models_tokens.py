"""Counts of tokens, and which tokens a span has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.core.errors import DatalintError
from datalint.models.tokenizer import LibraryTokenizer, Measured

FOLDER = Path(__file__).parents[2] / "fixtures" / "models" / "chatml"
TOKENIZER = LibraryTokenizer.read(str(FOLDER / "tokenizer.json"))
TEXTS = st.lists(st.sampled_from(["a", "é", "☃", "😀", "<|im_end|>", " ", "\n"]), max_size=12).map("".join)


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_a_span_has_the_tokens_that_overlap_it(text: str, one: int, other: int) -> None:
    start, stop = sorted((min(one, len(text)), min(other, len(text))))
    pieces = TOKENIZER.pieces(text)
    inside = [index for index, piece in enumerate(pieces) if piece.end > start and piece.start < stop and start < stop]
    (found,) = TOKENIZER.measure([text], [[(start, stop)]])
    expected = (len(inside), inside[0], inside[-1] + 1) if inside else (0, 0, 0)
    assert found == Measured(len(pieces), *expected)


def test_spans_that_share_a_token_count_it_once() -> None:
    (found,) = TOKENIZER.measure(["<|im_end|>a"], [[(0, 3), (3, 6), (10, 11)]])
    assert found == Measured(2, 2, 0, 2)


def test_half_a_surrogate_pair_is_counted_as_what_replaces_it() -> None:
    (found,) = TOKENIZER.measure(["a\ud800"], [[]])
    assert found.tokens == 2


def test_the_file_does_not_cut_or_pad(tmp_path: Path) -> None:
    value = json.loads((FOLDER / "tokenizer.json").read_text())
    value["truncation"] = {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0}
    value["padding"] = {
        "strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": None,
        "pad_id": 0, "pad_type_id": 0, "pad_token": "!",
    }  # fmt: skip
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(value))
    assert [each.tokens for each in LibraryTokenizer.read(str(path)).measure(["abcde", ""], [[], []])] == [5, 0]


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"model": 1}'])
def test_what_is_no_tokenizer(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_bytes(data)
    with pytest.raises(DatalintError, match="not a tokenizer"):
        LibraryTokenizer.read(str(path))
    with pytest.raises(DatalintError, match="no such file"):
        LibraryTokenizer.read(str(tmp_path / "none.json"))
