"""Vocabularies that are bytes by rank, converted for the library tokenizers: Llama 3's of quicktok, and Mistral's.

quicktok assumes that each token is what byte-pair encoding makes of its own text. In the vocabularies of Qwen and
OpenAI that is so; in that of Llama 3, 588 of 128,000 tokens are never made. ``tokenizers`` applies merges in their
order, as transformers does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.models.tokenizer import LibraryTokenizer, the_library
from datalint.models.vocabularies import Vocabulary

#: Pairs of tokens that are a token together. Mistral's vocabulary has 453,000.
MOST_MERGES: Final = 1 << 22


def converted(vocabulary: Vocabulary, encoding: Any) -> LibraryTokenizer:
    """Return the tokenizer of a vocabulary, whose tokens ``encoding`` of quicktok has.

    Raises:
        DatalintError: when ``tokenizers`` is not installed.
    """
    special = encoding.special_tokens_set
    control = vocabulary.control or tuple(sorted(special, key=encoding.encode_single_token))
    first = encoding.n_vocab - len(special)
    ranks = {encoding.decode_single_token_bytes(number): number for number in range(first)}
    numbers = {token: number for number, token in enumerate(control, first)}
    return byte_level(ranks, numbers, vocabulary.pattern, vocabulary.name)


def byte_level(ranks: Mapping[bytes, int], control: Mapping[str, int], pattern: str, name: str) -> LibraryTokenizer:
    """Return a byte-pair tokenizer that merges what makes the token of the lowest number first.

    ``ranks`` are the tokens by their bytes, ``control`` the control tokens, and ``pattern`` cuts texts into words;
    ``name`` is what messages call it.

    Raises:
        DatalintError: when ``tokenizers`` is not installed, or the vocabulary is none.
    """
    library = the_library()
    letters = _letters()
    merges = list(islice(_merges(ranks), MOST_MERGES + 1))
    if len(merges) > MOST_MERGES:
        raise DatalintError(f"{name} is not used as a tokenizer: it has over {MOST_MERGES:,} merges")
    names = {token: "".join(map(letters.__getitem__, token)) for token in ranks}
    made = library.Tokenizer(
        library.models.BPE(
            vocab={names[token]: number for token, number in ranks.items()} | dict(control),
            merges=[(names[left], names[right]) for left, right in merges],
            ignore_merges=True,
        )
    )
    split = library.pre_tokenizers.Split(library.Regex(pattern), "isolated")
    level = library.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.pre_tokenizer = library.pre_tokenizers.Sequence([split, level])
    made.add_special_tokens([library.AddedToken(token, special=True, normalized=False) for token in control])
    return LibraryTokenizer(made, name)


def _merges(ranks: Mapping[bytes, int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each pair of tokens that are a token together, in the order in which encoding merges them."""
    for token in sorted(ranks, key=ranks.__getitem__):
        pairs = [(token[:cut], token[cut:]) for cut in range(1, len(token))]
        known = [(left, right) for left, right in pairs if left in ranks and right in ranks]
        yield from sorted(known, key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))


def _letters() -> list[str]:
    """Return the letter that ``tokenizers`` writes for each byte: printable ones as they are, others from U+0100 on."""
    plain = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = iter(range(0x100, 0x200))
    return [chr(byte if byte in plain else next(others)) for byte in range(0x100)]
