"""Vectors of texts: means of the word vectors that the wordllama package contains. Nothing is downloaded.

``WordLlama.load`` looks for its tokenizer in the working folder and on the network, so both files are read from the
installed package directly.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from datalint.core.errors import DatalintError
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_PACKAGE: Final = "wordllama"
_WEIGHTS: Final = "weights/l2_supercat_256.safetensors"
_TOKENIZER: Final = "tokenizers/l2_supercat_tokenizer_config.json"
#: Characters of a text that are read: its question stands at one of the ends.
_HEAD: Final = 2_000
_TAIL: Final = 2_000

Vectors = npt.NDArray[np.float32]


class WordVectors(NamedTuple):
    """A tokenizer, and the vectors of its tokens: (32,000, 256) float32."""

    tokenizer: Tokenizer
    weights: Vectors


@cache
def load_vectors() -> WordVectors:
    """Read the vectors from the installed package.

    Raises:
        DatalintError: if this version of the package does not contain them.
    """
    from safetensors import safe_open
    from tokenizers import Tokenizer

    spec = importlib.util.find_spec(_PACKAGE)
    folder = Path(spec.origin).parent if spec is not None and spec.origin is not None else Path(_PACKAGE)
    try:
        tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        with safe_open(str(folder / _WEIGHTS), "np") as file:
            weights: Any = file.get_tensor("embedding.weight")
    except Exception as error:  # its own classes of errors differ between versions
        raise DatalintError(
            f"the installed {_PACKAGE} has no vectors where they are expected ({type(error).__name__}); "
            "install the extra: pip install 'datalint-sft[semantic]'"
        ) from error
    return WordVectors(tokenizer, weights.astype(np.float32))


def embed(texts: Sequence[str]) -> Vectors:
    """Return the vectors of texts, (n, 256), of length 1; zeros for a text without a token.

    Each vector depends on its text alone, so that it is the same in any batch. Of a long text the first and last 2,000
    characters count.
    """
    model = load_vectors()
    found = np.zeros((len(texts), model.weights.shape[1]), np.float32)
    for row, encoding in enumerate(
        model.tokenizer.encode_batch([_ends(text) for text in texts], add_special_tokens=False)
    ):
        if encoding.ids:
            found[row] = model.weights[encoding.ids].mean(axis=0)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    vectors: Vectors = found / lengths
    return vectors


def _ends(text: str) -> str:
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]} {text[-_TAIL:]}"
