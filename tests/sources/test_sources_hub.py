"""The hub, with a stand-in for what asks it."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests_sources_reading import ROWS, check_rows, read_source

from datalint.core.errors import DatalintError
from datalint.sources import open_sources


class Builder:
    """A stand-in for a builder of ``datasets``: one that streams rows, or one of files."""

    def __init__(self, splits: list[str], config: Any = None, name: str = "script") -> None:
        self.name = name
        self.config = config
        self._splits = splits

    def as_streaming_dataset(self) -> Any:
        import datasets

        whole = datasets.Dataset.from_list(ROWS).to_iterable_dataset()
        return datasets.IterableDatasetDict(dict.fromkeys(self._splits, whole))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A stand-in for ``datasets.load_dataset_builder``; what it is called with lands in the dictionary."""
    import datasets

    called: dict[str, Any] = {}

    def load(name: str, config: str | None = None, **options: Any) -> Any:
        called.update(name=name, config=config, **options)
        if "raise" in called:
            raise called["raise"]
        return called.get("builder") or Builder(called.get("splits", ["train", "test"]))

    monkeypatch.setattr(datasets, "load_dataset_builder", load)
    monkeypatch.setattr("datalint.sources.readers.hub.reader._require_host", lambda *_: None)
    return called  # type: ignore[return-value]


def test_hub_rows(hub: dict[str, Any]) -> None:
    [source] = open_sources(["hf://datasets/owner/name"])
    check_rows(read_source(source), "hub", ROWS)
    assert source.path == "hf://datasets/owner/name"
    assert (hub["name"], hub["config"], hub["revision"]) == ("owner/name", None, None)
    assert source.facts().sha256 == ""


@pytest.fixture
def files(hub: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A dataset of files, as the library's own builder describes them, on a Hub whose files are in a folder."""
    from datasets import load_dataset_builder
    from datasets.load import load_dataset_builder as original

    assert load_dataset_builder is not original
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
    (tmp_path / "data").mkdir()
    for name in ("train-0.jsonl", "train-1.jsonl", "test.jsonl"):
        (tmp_path / "data" / name).write_bytes(lines)
    builder = original(str(tmp_path / "data"), cache_dir=str(tmp_path / "cache"))
    places = {str(key): list(map(str, value)) for key, value in builder.config.data_files.items()}
    prefix = "hf://datasets/owner/name@abc/"
    builder.config.data_files = {key: [prefix + Path(path).name for path in paths] for key, paths in places.items()}
    hub["builder"] = builder
    asked: list[tuple[str, str, str, str]] = []

    def download(name: str, path: str, *, repo_type: str, revision: str) -> str:
        asked.append((name, path, repo_type, revision))
        return str(tmp_path / "data" / path)

    monkeypatch.setattr("huggingface_hub.hf_hub_download", download)
    return builder, asked


def test_files_of_the_hub_are_read_like_local_ones(files: Any) -> None:
    _, asked = files
    sources = open_sources(["hf://datasets/owner/name"])
    assert [source.path for source in sources] == [f"hf://datasets/owner/name/train-{n}.jsonl" for n in range(2)]
    for source in sources:
        assert (read_source(source).records, source.container) == (ROWS, "jsonl")
        assert source.facts().sha256
    assert asked == [("owner/name", f"train-{n}.jsonl", "dataset", "abc") for n in range(2)]
    [source] = open_sources(["hf://datasets/owner/name"], split="test")
    assert source.path == "hf://datasets/owner/name/test.jsonl"
    [source] = open_sources(["hf://datasets/owner/name"], held=True)
    assert source.path == "hf://datasets/owner/name/test.jsonl"
    with pytest.raises(DatalintError, match='has no split "dev"'):
        open_sources(["hf://datasets/owner/name"], split="dev")


@pytest.mark.parametrize(
    "change",
    [
        lambda builder: setattr(builder.config, "field", "rows"),
        lambda builder: builder.config.data_files.update(
            train=["zip://rows.jsonl::hf://datasets/owner/name@abc/a.zip"]
        ),
        lambda builder: builder.config.data_files.update(train=["https://example.com/rows.jsonl"]),
    ],
)
def test_files_that_are_read_in_another_way_are_streamed(
    change: Callable[[Any], object], files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder, asked = files
    change(builder)
    monkeypatch.setattr(builder, "as_streaming_dataset", Builder(["train"]).as_streaming_dataset)
    [source] = open_sources(["hf://datasets/owner/name"])
    check_rows(read_source(source), "hub", ROWS)
    assert not asked


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("hf://datasets/name", {"name": "name", "config": None}),
        ("hf://datasets/owner/name@v1.0", {"name": "owner/name", "revision": "v1.0"}),
        ("hf://datasets/owner/name:en", {"name": "owner/name", "config": "en"}),
        ("hf://datasets/owner/name@main:en", {"revision": "main", "config": "en"}),
        ("hf://datasets/owner/name/data/train.jsonl", {"name": "owner/name", "data_files": "data/train.jsonl"}),
    ],
)
def test_hub_addresses(hub: dict[str, Any], address: str, expected: dict[str, Any]) -> None:
    open_sources([address])
    assert {key: hub[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("splits", "split", "words"),
    [
        (["validation", "test"], None, "several splits: pass --split with one of validation, test"),
        (["train"], "dev", 'has no split "dev": pass --split with one of train'),
    ],
)
def test_hub_splits(hub: dict[str, Any], splits: list[str], split: str | None, words: str) -> None:
    hub["splits"] = splits
    with pytest.raises(DatalintError, match=words):
        open_sources(["hf://datasets/owner/name"], split=split)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionError("no route"), "cannot be reached: check the connection"),
        (
            ValueError("Config name is missing.\nPick one of: ['en', 'de']"),
            "NAME, from 'en', 'de'",
        ),
        (FileNotFoundError("Dataset 'owner/name' doesn't exist\nmore"), r"cannot be read \(FileNotFoundError: Dataset"),
        (RuntimeError(""), r"cannot be read \(RuntimeError: \): check the name"),
    ],
)
def test_hub_errors_are_one_sentence(hub: dict[str, Any], error: Exception, words: str) -> None:
    hub["raise"] = error
    with pytest.raises(DatalintError, match=words) as found:
        open_sources(["hf://datasets/owner/name"])
    assert "\n" not in str(found.value)


def test_an_unreachable_hub_fails_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{taken.getsockname()[1]}")
        started = time.monotonic()
        with pytest.raises(
            DatalintError, match=r"127\.0\.0\.1 cannot be reached .*: check the connection, or download"
        ):
            open_sources(["hf://datasets/owner/name"])
        assert time.monotonic() - started < 10


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of caches: prepared datasets, downloaded files, and what else lies there."""
    for name in ("HF_DATASETS_CACHE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_DATASETS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    for name in ("owner___ready", "json", "other___set"):
        (tmp_path / "datasets" / name).mkdir(parents=True)
    for name, file in (("owner--files", "data/train.jsonl"), ("owner--about", "README.md")):
        path = tmp_path / "hub" / f"datasets--{name}" / "snapshots" / "abc" / file
        path.parent.mkdir(parents=True)
        path.write_text("{}")
        (tmp_path / "hub" / f"datasets--{name}" / "refs").mkdir()
        (tmp_path / "hub" / f"datasets--{name}" / "refs" / "main").write_text("abc")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "owner/about",
            "is not cached, and HF_HUB_OFFLINE=1 is set: unset it to download, or pass files (cached are oth",
        ),
        ("owner/files", "is cached as files, and HF_HUB_OFFLINE=1 is set: pass the folder "),
        (
            "owner/ready",
            "the cached owner/ready has no such revision, configuration or file, and HF_HUB_OFFLINE=1 is set",
        ),
        ("owner/ready@v2:en", "the cached owner/ready has no such revision"),
    ],
)
def test_offline_advice_fits_what_is_cached(
    hub: dict[str, Any], cached: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    hub["raise"] = ConnectionError("Couldn't reach it on the Hub (OfflineModeIsEnabled)")
    with pytest.raises(DatalintError) as error:
        open_sources([f"hf://datasets/{name}"])
    words = str(error.value)
    assert words.removeprefix(f"hf://datasets/{name} ").startswith(told)
    assert "connection" not in words
    assert "json" not in words
    if name == "owner/files":
        [source] = open_sources([words.partition("pass the folder ")[2]])
        assert source.path.endswith("train.jsonl")


def test_without_any_cache_the_message_says_so(
    hub: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "yes")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "nowhere"))
    hub["raise"] = ConnectionError("no")
    with pytest.raises(DatalintError, match=r"HF_DATASETS_OFFLINE=yes is set: .*\(no dataset is cached in .*nowhere\)"):
        open_sources(["hf://datasets/owner/name"])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("owner/ready", "or set HF_HUB_OFFLINE=1 to use the cached owner/ready"),
        ("owner/files", "or pass its cached files, "),
        ("owner/about", "or download it elsewhere and pass the files"),
    ],
)
def test_an_unreachable_hub_names_what_is_cached(
    cached: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(DatalintError) as error:
        open_sources([f"hf://datasets/{name}"])
    assert f"check the connection, {told}" in str(error.value)
