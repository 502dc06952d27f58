"""``datalint stats``: one screen, and the same figures as JSON and CSV."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_runs import Run

ROOT = Path(__file__).parents[2]
MODEL = str(ROOT / "fixtures" / "models" / "chatml")
SCHEMA = json.loads((ROOT / "docs" / "datalint-stats-1.schema.json").read_text(encoding="utf-8"))


def figures(run: Run, *arguments: str) -> dict[str, Any]:
    done = run("stats", "--isolated", "--output-format", "json", *arguments)
    assert done.code == 0, done.error
    found: dict[str, Any] = json.loads(done.output)
    jsonschema.validate(found, SCHEMA)
    return found


def rows(path: Path, *values: Any) -> str:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return str(path)


def test_one_screen(run: Run, few: str) -> None:
    done = run("stats", "--isolated", few, "--model", MODEL, "--max-length", "300", "--packing", "bfd", "--batch", "8")
    assert done.code == 0
    assert len(done.text.splitlines()) <= 40
    assert max(map(len, done.text.splitlines())) <= 80
    assert "60 examples" in done.text


def test_figures_add_up(run: Run, few: str) -> None:
    found = figures(run, few, "--model", MODEL, "--max-length", "300")
    cut = found["truncation"]
    assert sum(cut[key] for key in ("whole", "cut_prompt", "cut_response", "cut_end", "dropped")) == found["rows"] == 60
    assert sum(found["shapes"].values()) == 60
    assert sum(found["roles"].values()) == found["turns"]["total"]
    assert 0 < found["tokens"]["trained"] < found["tokens"]["total"]
    assert found["tokens"]["estimated"] is False
    assert [each["whole"] for each in found["lengths"]] == sorted(each["whole"] for each in found["lengths"])


def test_characters_and_tokens_by_role(run: Run, tmp_path: Path) -> None:
    """With a model, the tokens of roles and of the template are all tokens; the texts are counted where they are."""
    path = tmp_path / "rows.jsonl"
    turns = (("system", "Be brief."), ("user", "Is the pier open today?"), ("assistant", "Yes, until six."))
    row = {"messages": [{"role": role, "content": text} for role, text in turns]}
    path.write_text(f"{json.dumps(row)}\n" * 3)
    found = figures(run, str(path), "--model", MODEL)
    spreads = {role: (each["chars"]["p50"], each["tokens"]["total"]) for role, each in found["by_role"].items()}
    assert {role: chars for role, (chars, _) in spreads.items()} == {"system": 9, "user": 23, "assistant": 15}
    assert spreads["assistant"][1] == found["tokens"]["trained"]
    assert 0 < sum(tokens for _, tokens in spreads.values()) < found["tokens"]["total"]
    assert sum(found["histograms"]["user_tokens"]["counts"]) == 3
    text = run("stats", "--isolated", str(path), "--model", MODEL).text
    assert "tokens by role: system " in text
    assert ", template " in text
    assert set(figures(run, str(path))["by_role"]) == set(spreads)


def test_languages(run: Run, tmp_path: Path) -> None:
    texts = ["The ferry leaves at nine and comes back in the evening, when the shops close."] * 3
    texts += ["Die Fähre fährt um neun ab und kommt am Abend zurück, wenn die Läden schließen."]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"prompt": "?", "completion": text}) + "\n" for text in texts))
    found = figures(run, str(path))
    assert (found["languages"], found["identified"]) == ({"English": 3, "German": 1}, 4)
    assert "languages   English 75 %, German 25 %" in run("stats", "--isolated", str(path)).text


def test_what_a_model_lacks_to_count(run: Run, few: str, tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    (tmp_path / "model" / "tokenizer.json").unlink()
    ran = run("stats", "--isolated", few, "--model", str(tmp_path / "model"))
    assert "has no tokenizer.json" in ran.text
    assert "name a model" not in ran.text


def test_without_a_model_tokens_are_estimated(run: Run, few: str) -> None:
    found = figures(run, few)
    assert found["tokens"]["estimated"] is True
    assert (found["model"], found["truncation"], found["packing"]) == (None, None, None)


def test_rows_of_all_sorts(run: Run, tmp_path: Path) -> None:
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    system, user = {"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}
    path = rows(
        tmp_path / "train.jsonl",
        {"messages": [system, user, {"role": "assistant", "content": None, "tool_calls": [call]}], "tools": []},
        {"messages": [system, user, {"role": "assistant", "content": "Hello"}]},
        {"zzz": 1},
        3,
    )
    found = figures(run, path)
    assert (found["rows"], found["files"][0]["refused"]) == (3, 1)
    assert (found["with_system"], found["system_prompts"], found["with_tool_calls"]) == (2, 1, 1)
    assert found["roles"] == {"system": 2, "user": 2, "assistant": 2}


def test_an_empty_file(run: Run, tmp_path: Path) -> None:
    path = rows(tmp_path / "train.jsonl")
    assert figures(run, path)["rows"] == 0
    assert run("stats", "--isolated", path).code == 0


def test_texts_of_rows_are_redacted_and_escaped(run: Run, tmp_path: Path) -> None:
    key = "sk-proj-" + "aB3dE5fG7hJ9kL1m" * 4
    path = rows(
        tmp_path / "train.jsonl",
        *({"prompt": f"{n}?", "completion": f"{n}.", "category": ("\x1b[31mred", key)[n % 2]} for n in range(40)),
    )
    files = {kind: tmp_path / kind for kind in ("text", "json", "csv", "html")}
    outputs = [word for kind, file in files.items() for word in ("--output", f"{kind}:{file}")]
    shown = {"screen": run("stats", "--isolated", path, *outputs).text}
    for kind, text in (shown | {kind: file.read_text(encoding="utf-8") for kind, file in files.items()}).items():
        assert "[31mred" in text, kind
        assert "\x1b" not in text, kind
        assert key[:20] not in text, kind


def test_csv_names_each_figure_by_its_path(run: Run, few: str) -> None:
    lines = run("stats", "--isolated", few, "--output-format", "csv").text.splitlines()
    assert lines[:2] == ["figure,value", "schema,datalint-stats/1"]
    assert "tokens.estimated,True" in lines


@pytest.mark.parametrize("arguments", [("--packing", "bfd"), ("--max-length", "10"), ("--category", "topik")])
def test_what_cannot_be_answered_is_an_error(run: Run, few: str, arguments: tuple[str, ...]) -> None:
    done = run("stats", "--isolated", few, *arguments)
    assert (done.code, done.output) == (2, b"")


def test_no_input_is_overwritten(run: Run, tmp_path: Path) -> None:
    path = rows(tmp_path / "train.json", {"prompt": "a", "completion": "b"})
    assert run("stats", "--isolated", path, "-o", path).code == 2


def test_lengths_say_which_rows_lose_their_answer(run: Run, few: str) -> None:
    found = figures(run, few, "--model", MODEL, "--max-length", "512")
    at, cut = found["lengths"][0], found["truncation"]
    assert (at["length"], at["whole"], at["cut_prompt"], at["cut_response"]) == (
        512,
        cut["whole"],
        cut["cut_prompt"],
        cut["cut_response"],
    )
    fit = figures(run, few, "--model", MODEL, "--max-length", str(found["length_99"]))["truncation"]["whole"]
    assert fit >= 0.99 * found["rows"]
    assert figures(run, few)["lengths"][0]["cut_prompt"] is None


def test_histograms_count_every_row(run: Run, few: str) -> None:
    found = figures(run, few, "--model", MODEL)
    for each in found["histograms"].values():
        assert len(each["edges"]) == len(each["counts"]) + 1
        assert sum(each["counts"]) == 60


def test_a_page_loads_nothing_and_runs_nothing(run: Run, tmp_path: Path) -> None:
    path = rows(
        tmp_path / "train.jsonl",
        *(
            {"prompt": f"{n}?", "completion": f"{n}.", "category": ("<img src=x onerror=a>", "b")[n % 2]}
            for n in range(40)
        ),
    )
    page = run("stats", "--isolated", path, "--output-format", "html", "--price", "tinker").text
    assert "&lt;img src=x" in page
    assert not any(each in page for each in ("<img", "<script", "<link", "javascript:", "@import", "url("))
    assert "default-src 'none'" in page


PRICES = """
[[price]]
provider = "\\u001b[31mmine"
model = "small"
per_million = 2
as_of = {}
source = "contract"
currency = "EUR"
"""


def test_the_price_of_a_file(run: Run, few: str, tmp_path: Path) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text(PRICES.format("2020-01-31"), encoding="utf-8")
    found = figures(run, few, "--model", MODEL, "--epochs", "3", "--max-length", "400", "--price", str(prices))
    (cost,) = found["costs"]
    assert found["billed"] == cost["tokens"] == 3 * (found["tokens"]["total"] - 193)
    assert (cost["amount"], cost["stale"], cost["as_of"]) == (round(cost["tokens"] / 500_000, 2), True, "2020-01-31")
    text = run("stats", "--isolated", few, "--price", str(prices)).text
    assert "EUR" in text
    assert "stale" in text
    assert "\x1b" not in text
    assert run("stats", "--isolated", few, "--price", str(prices), "-o", f"json:{prices}").code == 2


def test_an_unknown_price_leaves_the_tokens(run: Run, few: str) -> None:
    assert figures(run, few, "--price", "nobody")["costs"] == []
    done = run("stats", "--isolated", few, "--price", "nobody")
    assert (done.code, "no price of nobody" in done.error, "tokens in 1 epoch" in done.text) == (0, True, True)
    assert figures(run, few)["costs"] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[price]\n", "is not TOML"),
        ("price = 3\n", "has no prices"),
        (PRICES.format('"soon"'), "as_of is not a date"),
        (PRICES.format("2020-01-31T10:00:00Z"), "as_of is not a date"),
        (PRICES.format("2020-01-31") + "colour = 1\n", "unknown key colour"),
        ('[[price]]\nprovider = "a"\n', "has no model"),
        (PRICES.format("2020-01-31").replace("= 2\n", "= -2\n"), "is not a price"),
        (PRICES.format("2020-01-31").replace("= 2\n", "= true\n"), "is not a number"),
    ],
)
def test_a_file_that_is_no_table_of_prices(run: Run, few: str, tmp_path: Path, text: str, said: str) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text(text, encoding="utf-8")
    done = run("stats", "--isolated", few, "--price", str(prices))
    assert (done.code, said in done.error) == (2, True), done.error


def test_turns_in_each_example(run: Run, tmp_path: Path) -> None:
    pair = {"prompt": "Is the pier open?", "completion": "Until six."}
    path = rows(tmp_path / "rows.jsonl", *[pair] * 60)
    assert "60 user, 60 assistant; 2 in each example" in run("stats", "--isolated", path).text
    path = rows(tmp_path / "more.jsonl", *[pair] * 60, {"messages": [{"role": "user", "content": "Is it?"}]})
    assert "61 user, 60 assistant; median 2 in an example, at most 2" in run("stats", "--isolated", path).text


IDS = {"input_ids": [5, 6, 7], "labels": [-100, 6, 7], "attention_mask": [1, 1, 1]}


@pytest.mark.parametrize(
    ("values", "wanted", "none"),
    [
        ([IDS], [], ["turns", "distinct", "chars"]),
        ([{"text": "The pier is open."}], ["distinct    1 text\n", "text chars"], ["prompt", "in responses"]),
        ([{"prompt": "Is the pier open?"}], ["distinct    1 prompt\n"], ["answer", "in responses"]),
        ([{"foo": 1, "bar": [2]}], ["distinct    1 row\n", "row chars"], ["turns", "prompt", "in responses"]),
        ([], [": 0 examples\n"], [", sft", "shapes"]),
    ],
)
def test_what_rows_do_not_have_is_left_out(
    run: Run, tmp_path: Path, values: list[Any], wanted: list[str], none: list[str]
) -> None:
    text = run("stats", "--isolated", rows(tmp_path / "a.jsonl", *values)).text
    assert [each for each in wanted if each not in text] == []
    assert [each for each in none if each in text.replace("prompt-only", "")] == []
