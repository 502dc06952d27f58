"""Target files of users: what they may hold, and how errors name the file and the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint import lint
from datalint.core.errors import DatalintError
from datalint.targets.load import built_in, find_targets, for_model

HEAD = 'title = "Ours"\ndate = 2026-11-01\nsources = ["https://example.com/trainer"]\n'
FORMATS = '[[formats]]\nname = "pairs"\nkeys = ["question", "answer"]\n'


def written(folder: Path, text: str, name: str = "ours.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_target_of_the_users_own(tmp_path: Path) -> None:
    schema = '{"properties": {"answer": {"type": "string"}}}'
    check = f"[[checks]]\nsays = 'an answer that is no text'\noutcome = 'drops'\nrow = '{schema}'\n"
    path = written(tmp_path, HEAD + FORMATS + check)
    rows = [{"question": "Is it open?", "answer": "Yes"}, {"question": "Is it open?", "answer": 7}, {"text": "a"}]
    for config in ({"target": path}, {"target": ["ours"], "targets": {"ours": path}}):
        report = lint(rows, eval=False, config={"select": ["FMT70"], **config})
        assert [finding.message for finding in report.findings] == [
            "ours drops the row: an answer that is no text",
            "ours rejects the row: it has none of the formats pairs",
        ]
        [result] = report.to_dict()["targets"]
        assert (result["name"], result["rows"], result["trained"], result["refused"]) == ("ours", 3, 1, False)
        assert {(reason["outcome"], reason["rows"]) for reason in result["reasons"]} == {("drops", 1), ("rejects", 1)}
        assert report.measures["untrained-share"] == pytest.approx(2 / 3)


def test_a_file_of_one_format() -> None:
    chat = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    rows = [chat, {"prompt": "Name a colour", "completion": "Red"}]
    [result] = lint(rows, eval=False, config={"select": ["FMT701"], "target": "together"}).targets
    assert result.refused
    assert [limit.says for limit in result.broken] == [
        "rows of several formats in a file: 1 of conversation, 1 of instruction; all need to have one"
    ]
    [result] = lint([chat, chat], eval=False, config={"target": "together"}).targets
    assert not result.refused


@pytest.mark.parametrize(
    ("target", "model", "tokens"),
    [
        ("bedrock-llama", "meta-llama/Llama-3.2-90B-Vision-Instruct", 10000),
        ("bedrock-llama", "models/Llama-3.1-8B/", 16000),
        ("together", "openai/gpt-oss-120b", 16384),
        ("together", "Qwen/Qwen3-8B", None),
    ],
)
def test_maxima_depend_on_the_model(target: str, model: str, tokens: int | None) -> None:
    [found] = find_targets([target])
    assert for_model(found, model).length.tokens == tokens


def test_a_configuration_places_its_target_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    written(tmp_path, HEAD + FORMATS)
    (tmp_path / "data" / "train.jsonl").write_text('{"question": "Is it open?", "answer": "Yes"}\n')
    for setting in ('target = ["ours.toml"]\n', 'target = "ours"\n[targets]\nours = "ours.toml"\n'):
        (tmp_path / "datalint.toml").write_text(setting)
        monkeypatch.chdir(tmp_path / "data")
        assert [each.name for each in lint("train.jsonl", eval=False).targets] == ["ours"]


WRONG = {
    "": "title is missing",
    'title = "Ours"\n' + FORMATS: "sources is missing",
    'title = "Ours"\nsources = ["a"]\ndate = "today"\n' + FORMATS: "date is missing",
    HEAD + '[[formats]]\nname = "pairs"\n': "formats needs a name and keys",
    HEAD + "stop = true\n" + FORMATS: 'unknown key "stop"; did you mean "stops"?',
    HEAD + FORMATS + '[[checks]]\nsays = "a"\nrow = "{"\n': "checks.row is not a valid JSON Schema",
    HEAD + FORMATS + '[[checks]]\nsays = "a"\nrow = \'{"type": "text"}\'\n': "checks.row is not a valid JSON Schema",
    HEAD + FORMATS + '[[checks]]\nsays = "a"\nrow = \'{"$ref": "https://a.example"}\'\n': "checks.row is not a valid",
    HEAD + FORMATS + '[[checks]]\nsays = "a"\n': "tags, parts, whole, results (entry 1)",
    HEAD + FORMATS + '[[checks]]\nsays = "a"\noutcome = "eats"\nwords = ["a"]\n': 'must be "rejects", "drops",',
    HEAD
    + FORMATS
    + '[[checks]]\nsays = "a"\nwords = ["a"]\nformats = ["chat"]\n': 'names "chat", which is not a format',
    HEAD + FORMATS + "[limits]\nmin-rows = 0\n": "limits.min-rows must be at least 1, not 0",
    "a = \x00": "is not TOML",
}


@pytest.mark.parametrize(("text", "words"), WRONG.items())
def test_what_is_wrong_with_a_file(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(DatalintError) as error:
        find_targets([path])
    assert str(error.value).startswith(f"target {path}: ")
    assert words in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DatalintError, match="no such file"):
        find_targets([str(tmp_path / "none.toml")])
    with pytest.raises(DatalintError, match=r"a name has lower-case letters"):
        find_targets([written(tmp_path, HEAD + FORMATS, "our trainer.toml")])
    with pytest.raises(DatalintError, match=r'unknown target "tlr"; did you mean "trl"\?'):
        find_targets(["tlr"])
    with pytest.raises(DatalintError, match=r"unknown target .*; there are "):
        find_targets(["nothing like it"])


def test_patterns_take_linear_time(tmp_path: Path) -> None:
    pattern = '[[checks]]\nsays = "a"\nrow = \'{"properties": {"answer": {"pattern": "^(a+)+$"}}}\'\n'
    path = written(tmp_path, HEAD + FORMATS + pattern)
    report = lint([{"question": "q", "answer": "a" * 50_000 + "b"}], eval=False, config={"target": path})
    assert "FMT702" in report.rules


def test_names_are_taken_once_and_in_order() -> None:
    assert [each.name for each in find_targets(["trl", "openai", "trl"])] == ["trl", "openai"]
    assert built_in() == sorted(built_in())


@pytest.mark.parametrize(("target", "codes"), [("gemini", []), ((), ["FMT204"])])
def test_roles_of_gemini_are_no_aliases_for_it(target: Any, codes: list[str]) -> None:
    row = {"messages": [{"role": "user", "content": "Is it full?"}, {"role": "model", "content": "No."}]}
    report = lint([row], eval=False, config={"select": ["FMT204", "FMT702"], "target": target})
    assert [finding.rule for finding in report.findings] == codes
