"""The numbers of a model that its memory depends on: from its ``config.json``, or from the table of known models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.advise.tables import load_table
from datalint.core.errors import DatalintError
from datalint.support.classes import frozen

#: Greatest value of a number in a ``config.json``, so that a hostile one can't make an absurd estimate.
_MOST: Final = 10_000_000
_MOST_LAYERS: Final = 10_000
_KEYS: Final = {
    "layers": ("num_hidden_layers", "n_layer", "n_layers", "num_layers"),
    "hidden": ("hidden_size", "n_embd", "d_model"),
    "inner": ("intermediate_size", "n_inner", "ffn_dim", "d_ff"),
    "heads": ("num_attention_heads", "n_head", "n_heads", "num_heads"),
    "kv_heads": ("num_key_value_heads", "num_kv_heads"),
    "head_size": ("head_dim", "d_kv"),
    "vocabulary": ("vocab_size",),
    "experts": ("num_local_experts", "num_experts", "n_routed_experts"),
    "expert_inner": ("moe_intermediate_size",),
    "active": ("num_experts_per_tok", "num_experts_per_token", "moe_top_k"),
}

#: Model types whose MLP has two matrices: GPT-2 and its successors.
_PLAIN: Final = frozenset(
    {
        "bloom",
        "codegen",
        "falcon",
        "gpt2",
        "gpt_bigcode",
        "gpt_neo",
        "gpt_neox",
        "gptj",
        "mpt",
        "opt",
        "phi",
        "starcoder2",
    }
)
#: Model types whose output layer is the embedding unless their configuration says otherwise: the defaults of
#: Transformers 5.24.
_TIED: Final = frozenset(
    {
        "biogpt",
        "bloom",
        "cohere",
        "cohere2",
        "ernie4_5",
        "falcon",
        "gemma",
        "gemma2",
        "gemma3",
        "gemma3n",
        "gemma4",
        "gpt2",
        "gpt_bigcode",
        "gpt_neo",
        "lfm2",
        "mpt",
        "opt",
        "smollm3",
        "starcoder2",
        "xglm",
    }
)


@frozen
class Architecture:
    """A decoder: layers, sizes in elements, and the vocabulary in tokens.

    ``inner`` is the size between the matrices of the MLP, which is gated (three matrices) unless it is ``plain`` (two);
    mixtures have ``experts`` of size ``expert_inner``, of which ``active`` ones read a token.
    ``counted`` is the number of parameters where it is known and does not follow from the sizes. ``capped_scores``
    and ``capped_logits`` say that attention scores and logits pass a soft cap, as in Gemma 2.
    """

    name: str
    layers: int
    hidden: int
    inner: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    tied: bool = False
    experts: int = 0
    expert_inner: int = 0
    active: int = 8
    counted: int = 0
    plain: bool = False
    capped_scores: bool = False
    capped_logits: bool = False

    @property
    def embeddings(self) -> int:
        """Parameters of the embedding and of the output layer, which are one if they are tied."""
        return self.vocabulary * self.hidden * (1 if self.tied else 2)

    @property
    def head(self) -> int:
        """Elements of the output layer's matrix."""
        return self.vocabulary * self.hidden

    @property
    def parameters(self) -> int:
        """All parameters: attention, MLP, norms, embeddings."""
        if self.counted:
            return self.counted
        attention = 2 * self.hidden * self.head_size * (self.heads + self.kv_heads)
        inner = self.expert_inner * self.experts if self.experts else self.inner
        mlp = self._matrices * self.hidden * inner + self.hidden * self.experts
        return self.embeddings + self.layers * (attention + mlp + 2 * self.hidden) + self.hidden

    @property
    def active_parameters(self) -> int:
        """The parameters that read a token: of a mixture, those of its active experts and all others."""
        idle = self.experts - self.active if self.experts else 0
        return self.parameters - self.layers * self._matrices * self.hidden * self.expert_inner * idle

    @property
    def _matrices(self) -> int:
        """Matrices of the MLP."""
        return 2 if self.plain else 3

    def adapter(self, rank: int, *, head: bool = False) -> int:
        """Return the parameters of LoRA of a rank on all projections of every layer (PEFT's ``all-linear``).

        ``head`` says that the output layer has an adapter as well.
        """
        query, key = self.heads * self.head_size, self.kv_heads * self.head_size
        attention = 2 * (self.hidden + query) + 2 * (self.hidden + key)
        inner, copies = (self.expert_inner, self.experts) if self.experts else (self.inner, 1)
        projections = self.layers * rank * (attention + self._matrices * (self.hidden + inner) * copies)
        return projections + (rank * (self.hidden + self.vocabulary) if head else 0)


def known(name: str) -> Architecture | None:
    """Return a model of the table by its name on the hub; case, owner and endings such as ``-Instruct`` may differ."""
    wanted = _bare(name)
    for each, row in load_table("models")["models"].items():
        if _bare(each) == wanted:
            return _of_table(name, row)
    return None


def of_config(name: str, config: Mapping[str, Any]) -> Architecture:
    """Return the architecture that a ``config.json`` of Hugging Face describes.

    Raises:
        DatalintError: for a number that is missing, no whole number, or absurd.
    """
    text = config.get("text_config")
    values = {**config, **text} if isinstance(text, Mapping) else dict(config)

    def number(field: str, default: int | None = None, most: int = _MOST) -> int:
        found = next((values[key] for key in _KEYS[field] if values.get(key) is not None), default)
        if found is None:
            raise DatalintError(f"config.json has no {_KEYS[field][0]}; name a model whose configuration has it")
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
            raise DatalintError(f"config.json: {_KEYS[field][0]} must be a whole number up to {most:,}")
        return found

    hidden, heads = number("hidden"), number("heads")
    layers = number("layers", most=_MOST_LAYERS)
    if not (hidden and heads and layers):
        raise DatalintError("config.json: a model has at least one layer, one head and a hidden size above 0")
    experts = number("experts", 0, _MOST_LAYERS)
    inner = number("inner", 4 * hidden)
    if values.get("model_type") == "qwen":  # the first Qwen counts both halves of its gated MLP
        inner //= 2
    # The first Falcons and StarCoder have one key and value for all heads, whatever num_kv_heads says.
    is_shared = values.get("multi_query") is True and values.get("new_decoder_architecture") is not True
    return Architecture(
        name=name,
        layers=layers,
        hidden=hidden,
        inner=inner,
        heads=heads,
        kv_heads=1 if is_shared else number("kv_heads", heads),
        head_size=number("head_size", hidden // heads),
        vocabulary=number("vocabulary"),
        tied=values["tie_word_embeddings"] is True if "tie_word_embeddings" in values else _ties(values),
        experts=experts,
        expert_inner=number("expert_inner", inner) if experts else 0,
        active=min(number("active", 8, _MOST_LAYERS), experts) if experts else 8,
        plain=values.get("model_type") in _PLAIN,
        capped_scores=values.get("attn_logit_softcapping") is not None,
        capped_logits=values.get("final_logit_softcapping") is not None,
    )


def _ties(values: Mapping[str, Any]) -> bool:
    """Return whether a model whose configuration does not say so has one matrix for its embedding and its output.

    Configurations leave out what is the default of their type.
    """
    return str(values.get("model_type", "")).removesuffix("_text") in _TIED


def _of_table(name: str, row: Mapping[str, Any]) -> Architecture:
    return Architecture(
        name=name,
        layers=row["layers"],
        hidden=row["hidden"],
        inner=row["inner"],
        heads=row["heads"],
        kv_heads=row["kv-heads"],
        head_size=row.get("head-size", row["hidden"] // row["heads"]),
        vocabulary=row["vocabulary"],
        tied=row.get("tied", False),
        experts=row.get("experts", 0),
        expert_inner=row.get("expert-inner", 0),
        active=row.get("active", 8),
        counted=row.get("parameters", 0),
        plain=row.get("plain", False),
        capped_scores=row.get("capped", False),
        capped_logits=row.get("capped", False),
    )


#: Endings of names that change a model's weights, and not its sizes.
_SUFFIXES: Final = ("-instruct", "-it", "-base", "-chat", "-hf", "-bnb-4bit", "-unsloth")


def _bare(name: str) -> str:
    bare = name.lower().rpartition("/")[2].replace("meta-llama-", "llama-")
    while (end := next((each for each in _SUFFIXES if bare.endswith(each)), None)) is not None:
        bare = bare.removesuffix(end)
    return bare
