"""A model's folder comes with a checkout: nothing in it runs, and none of it takes memory or time out of proportion."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.core.errors import DatalintError
from datalint.models.find import find_model
from datalint.models.model import Model
from datalint.models.tokenizer_limits import MOST_GROWTH, parse_tokenizer

MODELS = Path(__file__).parents[2] / "fixtures" / "models"
Step = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS / "chatml", tmp_path / "model"))


def edit(folder: Path, change: Callable[[dict[str, Any]], object], name: str = "tokenizer.json") -> None:
    data = json.loads((folder / name).read_text())
    change(data)
    (folder / name).write_text(json.dumps(data))


def chain(*steps: Step, kind: str = "normalizer") -> Callable[[dict[str, Any]], object]:
    inner = "normalizers" if kind == "normalizer" else "pretokenizers"
    return lambda data: data.update({kind: {"type": "Sequence", inner: list(steps)}})


DOUBLE: Final[Step] = {"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}
ANYWHERE: Final[Step] = {"type": "Replace", "pattern": {"Regex": "x*"}, "content": "b"}
BYTES: Final[Step] = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
MARK: Final[Step] = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}

HOSTILE: Final[dict[str, Callable[[dict[str, Any]], object]]] = {
    "doubled often": chain(*[DOUBLE] * 20),
    "doubled in depth": chain({"type": "Sequence", "normalizers": [{"type": "Sequence", "normalizers": [DOUBLE] * 9}]}),
    "one long replacement": chain({"type": "Replace", "pattern": {"String": "a"}, "content": "b" * 1000}),
    "replacements of nothing": chain(*[ANYWHERE] * 9),
    "a long beginning": chain({"type": "Prepend", "prepend": "b" * 1000}),
    "bytes of bytes": chain(*[BYTES] * 9, kind="pre_tokenizer"),
    "marks of marks": chain(*[MARK] * 9, kind="pre_tokenizer"),
    "a long mark": chain(MARK | {"replacement": "b" * 100}, kind="pre_tokenizer"),
    "many steps": chain(*[{"type": "Lowercase"}] * 100),
    "long added tokens": lambda data: data["added_tokens"].extend(
        {"id": 10**6 + n, "content": "x" * 1000 + str(n), "single_word": False, "lstrip": False, "rstrip": False,
         "normalized": False, "special": True} for n in range(1100)),
    "a long mark of pieces": lambda data: data["model"].update(continuing_subword_prefix="#" * 1000),
    "a long end of words": lambda data: data["model"].update(end_of_word_suffix="#" * 1000),
    "long pieces": lambda data: data.update(
        model={"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["x" * 1000, -1.0]]}),
    "copies of a text": lambda data: data.update(post_processor={"type": "Sequence", "processors": [
        {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}] * 3, "pair": [],
         "special_tokens": {}}] * 2}),
    "copies by a pattern": lambda data: data.update(
        post_processor={"type": "TemplateProcessing", "single": "$A " * 9, "pair": "$A $B", "special_tokens": {}}),
    "a table cut short": chain({"type": "Precompiled", "precompiled_charsmap": "/////w=="}),
    "long words": lambda data: data["model"].update(max_input_chars_per_word=10**9),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_tokenizer_that_asks_for_too_much(folder: Path, case: str) -> None:
    edit(folder, HOSTILE[case])
    with pytest.raises(DatalintError, match=r"tokenizer\.json is not used as a tokenizer: "):
        find_model(str(folder))


@pytest.mark.parametrize("data", [b"[]", b'{"a":' * 5000, b"nothing", b"\xff\xfe", b"null"])
def test_what_is_no_tokenizer(folder: Path, data: bytes) -> None:
    (folder / "tokenizer.json").write_bytes(data)
    with pytest.raises(DatalintError, match=r"tokenizer\.json is not used as a tokenizer: "):
        find_model(str(folder))


STEPS: Final = st.sampled_from([DOUBLE, ANYWHERE, {"type": "NFKC"}, {"type": "Prepend", "prepend": "ab"}])


@given(st.lists(STEPS, max_size=5), st.text("axé 中", max_size=6))
@settings(deadline=None, max_examples=examples(60))
def test_the_growth_of_a_chain_is_no_less_than_it_is(steps: list[Step], text: str) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    chained = {"type": "Sequence", "normalizers": steps}
    model = {"type": "BPE", "vocab": {}, "merges": []}
    whole = {"version": "1.0", "added_tokens": [], "normalizer": chained, "model": model}
    data = json.dumps(whole).encode()
    try:
        parse_tokenizer(data)
        made = tokenizers.Tokenizer.from_buffer(data).normalizer.normalize_str(text)
    except ValueError:
        return
    except BaseException as error:  # the library panics on some expressions that match nothing
        assert type(error).__name__ == "PanicException"  # noqa: PT017
        return
    # An expression that matches nothing does so at the end too, as if the text had one byte more.
    assert len(made.encode()) + 1 <= MOST_GROWTH * (len(text.encode()) + 1)


def test_a_tokenizer_that_fails_on_a_row(folder: Path) -> None:
    pytest.importorskip("tokenizers")
    slow = {"type": "Split", "pattern": {"Regex": "(x+x+)+y"}, "behavior": "Isolated", "invert": False}
    edit(folder, lambda data: data.update(pre_tokenizer=slow))
    tokenizer = Model(find_model(str(folder))).tokenizer
    assert tokenizer is not None
    for call in (lambda: tokenizer.measure(["x" * 3000], [()]), lambda: tokenizer.pieces("x" * 3000)):
        with pytest.raises(DatalintError, match=r"fails on a row: .*retry-limit"):
            call()


@pytest.mark.parametrize("kind", ["pre_tokenizer", "normalizer"])
def test_a_tokenizer_that_takes_too_long_on_a_row(folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each match stays below the library's own limit."""
    pytest.importorskip("tokenizers")
    monkeypatch.setattr("datalint.models.tokenizer.MOST_SECONDS", 0.05)
    slow = {"Regex": "(x+x+)+y"}
    steps = {
        "pre_tokenizer": {"type": "Split", "pattern": slow, "behavior": "Isolated", "invert": False},
        "normalizer": {"type": "Replace", "pattern": slow, "content": "z"},
    }
    edit(folder, lambda data: data.update({kind: steps[kind]}))
    tokenizer = Model(find_model(str(folder))).tokenizer
    assert tokenizer is not None
    for call in (lambda: tokenizer.measure([("x" * 20 + " ") * 20], [()]), lambda: tokenizer.pieces("x" * 23)):
        with pytest.raises(DatalintError, match=r"takes more than 0 seconds for some rows"):
            call()


class _Touch:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_nothing_in_the_folder_runs(folder: Path, tmp_path: Path) -> None:
    """No module that ``auto_map`` names, and no pickle: only JSON and templates are read."""
    ran = tmp_path / "ran"
    evil = f"open({str(ran)!r}, 'w')\n"
    for name in ("tokenization_evil.py", "configuration_evil.py", "__init__.py", "sitecustomize.py"):
        (folder / name).write_text(evil)
    for name in ("tokenizer.model", "tokenizer.pkl", "pytorch_model.bin", "training_args.bin", "vocab.json"):
        (folder / name).write_bytes(pickle.dumps(_Touch(ran)))
    names = {"AutoTokenizer": ["tokenization_evil.Evil", None], "AutoConfig": "configuration_evil.Evil"}
    edit(
        folder,
        lambda c: c.update(auto_map=names, tokenizer_class="Evil", trust_remote_code=True),
        "tokenizer_config.json",
    )
    (folder / "config.json").write_text(json.dumps({"auto_map": names, "model_type": "evil"}))
    spec = find_model(str(folder))
    Model(spec)
    assert not ran.exists()
    assert {Path(path).suffix for path in spec.files} == {".json", ".jinja"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"])
def test_links_to_devices_and_pipes_are_not_read(folder: Path, name: str) -> None:
    for make in (lambda path: path.symlink_to("/dev/zero"), lambda path: os.mkfifo(path)):
        (folder / name).unlink(missing_ok=True)
        make(folder / name)
        assert name not in {Path(path).name for path in find_model(str(folder)).files}


@pytest.mark.parametrize(("name", "size"), [("tokenizer_config.json", 17), ("tokenizer.json", 65)])
def test_large_files_are_refused(folder: Path, name: str, size: int) -> None:
    with (folder / name).open("wb") as file:
        file.truncate(size << 20)
    with pytest.raises(DatalintError, match="it has over"):
        find_model(str(folder))
