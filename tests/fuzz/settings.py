"""Files that a checkout brings along with its data: configuration, JSON Schema, baseline."""

from __future__ import annotations

import json
from random import Random
from typing import Final

from .mutate import JSON, TEXT, mutated
from .seeds import json_lines
from .tokens import KEYS, NUMBERS, TEXTS

NAMES: Final = ("datalint.toml", "schema.json", "baseline.jsonl")
_TOML: Final = b"""profile = "strict"
fail-on = "warn"
exclude = ["drafts", "**/old-*.jsonl"]
eval = ["eval.jsonl"]
select = ["FMT", "QUA", "near-duplicate"]
extend-select = ["DIV"]
ignore = ["QUA007"]
max-findings = 50
max-memory = "8GB"

[per-file-ignores]
"rows*.jsonl" = ["FMT1"]

[severity]
QUA = "info"

[rules.small-category]
minimum = 20

[rules.length-outlier]

[columns]
prompt = "question"
response = "answer"
category = "intent"

[balance]
field = "intent"
expected = { lost = 0.5, found = 0.5 }

[near-duplicates]
view = "prompt"
shingle = "word-3"
threshold = 0.6

[gates.redundant-share]
warn = 0.02
fail = 0.05
"""
_SCHEMAS: Final = (
    {"type": "object", "required": ["prompt"], "properties": {"prompt": {"type": "string", "maxLength": 10}}},
    {"properties": {"messages": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/turn"}}},
     "$defs": {"turn": {"required": ["role"], "properties": {"role": {"enum": ["user", "assistant"]}}}}},
    {"patternProperties": {"^p": {"pattern": "^(a+)+$", "format": "email"}}, "additionalProperties": False},
    {"oneOf": [{"required": ["prompt"]}, {"$dynamicRef": "#a"}], "if": {}, "$dynamicAnchor": "a"},
    True,
)  # fmt: skip
_RULES: Final = ("FMT101", "FMT104", "QUA002", "DIV001", "ZZ999", "")


def _baseline(rng: Random) -> bytes:
    entries = [
        {
            "file": "rows.jsonl",
            "rule": rng.choice(_RULES),
            "fingerprint": f"{rng.getrandbits(64):016x}",
            "kind": rng.choice(("legacy", "accepted")),
            "reason": rng.choice(TEXTS)[:200] or "none",
        }
        for _ in range(5)
    ]
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


def _line(rng: Random) -> bytes:
    """Return a line of TOML, valid or nearly so."""
    value = rng.choice(
        (rng.choice(NUMBERS), json.dumps(rng.choice(TEXTS)[:300]), "[]", "{}", "[[[1]]]", "true", "1979-05-27")
    )
    key = rng.choice((rng.choice(KEYS), "gates", "rules", "columns.prompt", "profile", "plugins", "data", "severity"))
    return f"{key} = {value}".encode("utf-8", "surrogatepass")


def _damaged_toml(rng: Random) -> bytes:
    lines = _TOML.split(b"\n")
    for _ in range(rng.choice((0, 1, 1, 2))):
        place = rng.randrange(len(lines))
        key, found, _ = lines[place].partition(b" = ")
        new = _line(rng)
        lines[place] = key + found + new.partition(b" = ")[2] if found and rng.random() < 0.7 else new
    data = b"\n".join(line for line in lines if rng.random() < 0.97)
    return mutated(rng, data, TEXT) if rng.random() < 0.4 else data


def settings(rng: Random) -> tuple[dict[str, bytes], str, bytes]:
    """Return a dataset and files of settings, which of them is damaged, and what it was before."""
    toml = _TOML.replace(b'select = ["FMT", "QUA", "near-duplicate"]\n', b"") if rng.random() < 0.5 else b""
    files = {
        "rows.jsonl": rng.choice(json_lines()),
        "datalint.toml": toml,
        "schema.json": json.dumps(rng.choice(_SCHEMAS)).encode(),
        "baseline.jsonl": _baseline(rng),
    }
    name = rng.choice(NAMES)
    original = files[name]
    files[name] = _damaged_toml(rng) if name == "datalint.toml" else mutated(rng, original, JSON)
    return files, name, original
