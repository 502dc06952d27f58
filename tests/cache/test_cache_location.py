"""Where the cache lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.cache.location import CONFIGURATIONS, cache_folder
from datalint.config.document import NAMES


def test_configurations_are_called_what_the_reader_calls_them() -> None:
    assert CONFIGURATIONS == NAMES


@pytest.mark.parametrize(
    ("files", "inputs", "options", "expected"),
    [
        ({}, ["data/train.jsonl"], {}, "."),
        ({"datalint.toml": ""}, ["data/train.jsonl"], {}, "."),
        ({"data/datalint.toml": "", "datalint.toml": ""}, ["data/train.jsonl"], {}, "data"),
        ({"data/.datalint.toml": ""}, ["data"], {}, "data"),
        ({"data/.datalint.toml": ""}, ["data"], {"isolated": True}, "."),
        ({"data/.datalint.toml": ""}, ["-"], {}, "."),
        ({"data/.datalint.toml": ""}, ["hf://datasets/a/b"], {}, "."),
        ({"data/.datalint.toml": ""}, [], {}, "."),
        ({"data/pyproject.toml": "[project]"}, ["data/train.jsonl"], {}, "."),
        ({"data/pyproject.toml": "[tool.datalint]"}, ["data/train.jsonl"], {}, "data"),
        ({"other/my.toml": ""}, ["data/train.jsonl"], {"config": "other/my.toml"}, "other"),
    ],
)
def test_it_lies_beside_the_configuration(
    files: dict[str, str],
    inputs: list[str],
    options: dict[str, object],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {"data/train.jsonl": "", **files}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert cache_folder(inputs, **options) == str((tmp_path / expected / ".datalint_cache").resolve())  # type: ignore[arg-type]
