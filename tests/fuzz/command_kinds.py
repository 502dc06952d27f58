"""Cases of the commands that write datasets, describe one, or read a model, a target or tasks of a review."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Final

from . import seeds
from .cases import COMPILED, PLAIN, Case
from .mutate import BINARY, JSON, TEXT, mutated
from .tokens import TEXTS

_MODEL: Final = ("chat_template.jinja", "tokenizer.json", "tokenizer_config.json")
_STATEMENTS: Final = (
    "{% for m in messages %}{{ m.content }}{% endfor %}", "{{ messages | tojson(indent=9) }}", "{{ 'ab' * 10**9 }}",
    "{{ range(99999) | join('x' * 999) }}", "{{ 1.5 | round(99999, 'ceil') }}", "{{ raise_exception(messages[0]) }}",
    "{% macro m(a) %}{{ m(a ~ a) }}{% endmacro %}{{ m('x') }}", "{{ messages[0].role.format(messages) }}",
    "{% generation %}{{ bos_token }}{% endgeneration %}", "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns }}",
    "{{ (messages * 999) | map(attribute='content') | list }}", "{{ ''.__class__.__mro__ }}", "{% include 'x' %}",
)  # fmt: skip
_PRICES: Final = b"""[[price]]
provider = "Ours"
model = "small"
per_million = 1.5
as_of = 2026-01-01
source = "a contract"
"""


@cache
def _model() -> dict[str, bytes]:
    folder = seeds.ROOT / "fixtures" / "models" / "chatml"
    return {name: (folder / name).read_bytes() for name in _MODEL}


@cache
def _targets() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((seeds.ROOT / "datalint" / "targets" / "data").glob("*.toml")))


def _in_a_model() -> dict[str, bytes]:
    return {f"model/{name}": data for name, data in _model().items()}


def _flavour(number: int) -> str:
    return (COMPILED, PLAIN)[number % 2]


def writing(rng: Random, number: int, rows: bytes) -> Case:
    """Return a damaged dataset in any text format; ``rows`` are JSON Lines with hostile texts."""
    suffix, others, mutations = rng.choice(
        (
            (".jsonl", (rows,), JSON), (".jsonl", seeds.json_lines(), JSON), (".json", seeds.json_documents(), JSON),
            (".csv", seeds.delimited(","), TEXT), (".tsv", seeds.delimited("\t"), TEXT), (".txt", seeds.texts(), TEXT),
        )
    )  # fmt: skip
    original = rng.choice(others)
    data = mutated(rng, original, mutations, others)
    given = f"rows{suffix}"
    return Case("", {given: data}, given, (("writing", _flavour(number)),), original=original)


def describing(rng: Random, number: int, rows: bytes) -> Case:
    """Return a damaged dataset, and a model to show it with."""
    original = rows if rng.random() < 0.6 else rng.choice(seeds.json_lines())
    data = mutated(rng, original, JSON) if rng.random() < 0.6 else original
    files = {"rows.jsonl": data, **_in_a_model()}
    return Case("", files, "rows.jsonl", (("describing", _flavour(number)),), original=original)


def extras(rng: Random, number: int, rows: bytes) -> Case:
    """Return a dataset with a damaged file of a model, target or prices."""
    reviewed = b"".join(json.dumps({"a": rng.choice(TEXTS)[:100]}).encode() + b"\n" for _ in range(2))
    files = {
        "rows.jsonl": rows if rng.random() < 0.5 else rng.choice(seeds.json_lines()),
        "target.toml": rng.choice(_targets()),
        "p.toml": _PRICES,
        "tasks.jsonl": reviewed,
        **_in_a_model(),
    }
    name = rng.choice(("target.toml", "p.toml", *_in_a_model(), "model/tokenizer.json", "model/chat_template.jinja"))
    original = files[name]
    if name.endswith(".jinja") and rng.random() < 0.5:
        files[name] = "".join(rng.choices(_STATEMENTS, k=rng.choice((1, 2, 5)))).encode()
    else:
        kinds = JSON if name.endswith(".json") else TEXT
        files[name] = mutated(rng, original, BINARY if rng.random() < 0.1 else kinds)
    steps = (("extras", _flavour(number)),)
    return Case("", files, "rows.jsonl", steps, original=original, damaged=name)
