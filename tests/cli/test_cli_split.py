"""``datalint split``: no row is lost, nothing leaks, and rows keep their side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from test_cli_fix import fix

import datalint
from datalint.support.varied import sentence


def rows(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Return different rows of four topics, every eighth with a near copy, and every tenth with an exact one."""
    found = []
    for n in range(start, start + count):
        row = {
            "prompt": sentence(3 * n),
            "completion": f"{sentence(3 * n + 1)} {sentence(3 * n + 2)}",
            "topic": "abcd"[n % 4],
        }
        found.append(row)
        if n % 8 == 0:
            found.append(row | {"completion": row["completion"] + " So"})
        if n % 10 == 0:
            found.append(row)
    return found


def written(path: Path, given: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given))
    return path


def split(*arguments: str, cwd: Path) -> dict[str, list[str]]:
    code, output, error = fix("data.jsonl", *arguments, "--output", "parts", cwd=cwd, command="split")
    assert code == 0, output + error
    return {path.stem: path.read_text().splitlines() for path in (cwd / "parts").glob("*.jsonl")}


def test_parts_hold_every_row_once_and_do_not_leak(tmp_path: Path) -> None:
    given = written(tmp_path / "data.jsonl", rows(160)).read_text()
    parts = split("--eval", "20%", "--test", "10%", "--seed", "3", cwd=tmp_path)
    assert sorted(line for lines in parts.values() for line in lines) == sorted(given.splitlines())
    assert abs(len(parts["eval"]) - 40) <= 3
    assert abs(len(parts["test"]) - 20) <= 3
    for one, other in (("train", "eval"), ("train", "test"), ("eval", "test")):
        found = datalint.lint(tmp_path / f"parts/{one}.jsonl", eval=tmp_path / f"parts/{other}.jsonl").findings
        assert not [finding for finding in found if finding.rule in ("RDY003", "RDY004", "RDY005", "RDY006")]
    certificate = json.loads((tmp_path / "parts/split.json").read_text())
    assert certificate["rows"] == {name: len(lines) for name, lines in parts.items()}
    assert certificate["leaks"] == 0
    assert certificate["kept_together"]["groups"] > 10
    assert certificate["category"] == "topic"
    for topic in "abcd":
        named = f'"topic": "{topic}"'
        shares = [sum(named in line for line in part) / len(part) for part in (given.splitlines(), parts["eval"])]
        assert abs(shares[0] - shares[1]) < 0.06


def test_the_same_is_the_same_and_another_seed_is_not(tmp_path: Path) -> None:
    written(tmp_path / "data.jsonl", rows(60))
    first = split("--eval", "20", cwd=tmp_path)
    assert split("--eval", "20", cwd=tmp_path) == first
    assert split("--eval", "20", "--seed", "1", cwd=tmp_path) != first


def test_rows_keep_their_part_when_others_are_appended(tmp_path: Path) -> None:
    old = rows(150)
    written(tmp_path / "data.jsonl", old)
    first = split("--eval", "15%", cwd=tmp_path)
    written(tmp_path / "data.jsonl", old + rows(15, start=5000))
    second = split("--eval", "15%", cwd=tmp_path)
    assert all(set(lines) <= set(second[name]) for name, lines in first.items())
    assert len(second["train"]) + len(second["eval"]) > len(first["train"]) + len(first["eval"])


def test_a_group_that_grows_keeps_its_part(tmp_path: Path) -> None:
    """Groups beyond a size are in training, but not those that were smaller."""
    old = rows(150)
    written(tmp_path / "data.jsonl", old)
    first = split("--eval", "15%", cwd=tmp_path)
    copied = [row for row in old if old.count(row) > 1 and json.dumps(row, ensure_ascii=False) in first["eval"]]
    written(tmp_path / "data.jsonl", old + copied * 5)
    second = split("--eval", "15%", cwd=tmp_path)
    assert copied
    assert all(set(lines) == set(second[name]) for name, lines in first.items())


def test_rows_that_an_added_row_connects_move_together(tmp_path: Path) -> None:
    old = [row | {"id": n} for n, row in enumerate(rows(60), 100)]
    written(tmp_path / "data.jsonl", old)
    first = split("--eval", "25%", "--group-by", "id", cwd=tmp_path)
    one, other = (json.loads(first[name][0]) for name in ("train", "eval"))
    # Two rows that are on two sides are the same but for their key, which the added one ties together.
    added = [one | {"id": 7, "completion": sentence(5001)}, other | {"id": 7, "completion": sentence(5002)}]
    written(tmp_path / "data.jsonl", old + added)
    second = split("--eval", "25%", "--group-by", "id", cwd=tmp_path)
    places = {line: name for name, lines in second.items() for line in lines}
    moved = {line for name, lines in first.items() for line in lines if places[line] != name}
    assert moved
    assert all(json.loads(line)["prompt"] in (one["prompt"], other["prompt"]) for line in moved)


def test_keys_of_the_configuration_stay_on_one_side(tmp_path: Path) -> None:
    written(tmp_path / "data.jsonl", [row | {"by": n // 2, "of": (n + 1) // 2} for n, row in enumerate(rows(60))])
    (tmp_path / "datalint.toml").write_text('group-by = ["by"]\n')
    parts = split("--eval", "25%", cwd=tmp_path)
    sides = [{json.loads(line)["by"] for line in parts[name]} for name in ("train", "eval")]
    assert sides[0].isdisjoint(sides[1])
    code, output, _ = fix("data.jsonl", "--eval", "25%", "--group-by", "of", cwd=tmp_path, command="split")
    assert code == 0
    assert 'the same value of "of" (' in output
    code, _, error = fix("data.jsonl", "--eval", "25%", "--group-by", "off", cwd=tmp_path, command="split")
    assert code == 2
    assert error.startswith('error: --group-by off: no row has the key "off"; did you mean "of"?')


@pytest.mark.parametrize(
    ("spoiled", "value"),
    [
        ("members", None),
        ("members", {"eval": "?"}),
        ("members", {"eval": 5}),
        ("members", {"eval": "AAAA"}),
        ("limits", [5]),
        ("limits", {"length 1": "a"}),
        ("inputs", ["a"]),
        ("bounds", 7),
        ("largest", float("nan")),
    ],
)
def test_a_certificate_that_is_none_is_not_used(tmp_path: Path, spoiled: str, value: Any) -> None:
    written(tmp_path / "data.jsonl", rows(40))
    first = split("--eval", "25%", cwd=tmp_path)
    path = tmp_path / "parts" / "split.json"
    certificate = json.loads(path.read_text())
    path.write_text(json.dumps(certificate | {spoiled: value}))
    assert split("--eval", "25%", cwd=tmp_path) == first


def test_prompts_that_are_nearly_the_same_are_in_one_part(tmp_path: Path) -> None:
    given = rows(60)
    near = [
        {"prompt": f"{row['prompt'][:-1]}, please?", "completion": sentence(6000 + n), "topic": "a"}
        for n, row in enumerate(given[:20])
    ]
    written(tmp_path / "data.jsonl", given + near)
    code, output, error = fix("data.jsonl", "--eval", "25%", "--output", "parts", cwd=tmp_path, command="split")
    assert code == 0, error
    assert " nearly the same prompt (" in output
    parts = tmp_path / "parts"
    report = datalint.lint(parts / "train.jsonl", eval=parts / "eval.jsonl", config={"select": ("RDY",)})
    assert not {"RDY003", "RDY004", "RDY005", "RDY009"} & set(report.rules)
    assert json.loads((parts / "split.json").read_text())["kept_together"]["near_prompts"] == 0


def test_prompts_of_one_template_do_not_tell_rows_apart(tmp_path: Path) -> None:
    task = "Read the text below with care, say what it is about in a few words, and name the place where it happens: "
    # Words that ask for nothing else, unlike the names and things of a template.
    more = combinations(("the", "a", "of", "in", "to", "and", "is", "it", "that", "this", "was", "for"), 2)
    given = [{"prompt": f"{task}{' '.join(pair)}", "completion": sentence(900 + n)} for n, pair in enumerate(more)]
    written(tmp_path / "data.jsonl", given[:60])
    parts = split("--eval", "25%", cwd=tmp_path)
    assert len(parts["eval"]) > 5
    certificate = json.loads((tmp_path / "parts" / "split.json").read_text())
    assert certificate["kept_together"]["near_prompts"] > 0
    assert certificate["leaks"] == 0


def test_values_of_a_key_and_prompts_stay_together(tmp_path: Path) -> None:
    given = [row | {"source": f"page {n // 6}"} for n, row in enumerate(rows(120))]
    answers = [
        {"prompt": given[0]["prompt"], "completion": sentence(900 + n), "source": f"other {n}"} for n in range(5)
    ]
    written(tmp_path / "data.jsonl", given + answers)
    parts = split("--eval", "25%", "--group-by", "source", cwd=tmp_path)
    sources = {name: {json.loads(line)["source"] for line in lines} for name, lines in parts.items()}
    assert not sources["train"] & sources["eval"]
    prompts = {name: {json.loads(line)["prompt"] for line in lines} for name, lines in parts.items()}
    assert not prompts["train"] & prompts["eval"]


def test_a_key_of_groups_that_are_divided_is_named(tmp_path: Path) -> None:
    written(tmp_path / "data.jsonl", [row | {"source_id": f"s{n // 3}"} for n, row in enumerate(rows(120))])
    said = 'most rows outside of train have the "source_id" of a row of train: to keep these'
    for arguments, named in ((), True), (("--group-by", "source_id"), False):
        code, output, error = fix("data.jsonl", "--eval", "20%", *arguments, cwd=tmp_path, command="split")
        assert code == 0, output + error
        assert (said in output and "add --group-by source_id" in output) is named


def test_lines_without_a_row_are_in_no_part(tmp_path: Path) -> None:
    path = written(tmp_path / "data.jsonl", rows(40))
    path.write_text("\ufeff" + path.read_text() + "\nbroken\n" + json.dumps(rows(1, 7000)[0]))
    parts = split("--eval", "20%", cwd=tmp_path)
    assert all(json.loads(line) for lines in parts.values() for line in lines)
    lines = [line for line in path.read_text().removeprefix("\ufeff").splitlines() if line.startswith("{")]
    assert sorted(line for part in parts.values() for line in part) == sorted(lines)
    assert json.loads((tmp_path / "parts/split.json").read_text())["unreadable"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--eval", "0"), "neither a number of rows"),
        (("--eval", "x"), "neither a number of rows"),
        (("--eval", "10%", "--output", "."), "would overwrite"),
        (("--eval", "12"), "there are 12 rows, and you ask 12 for eval"),
        (("--eval", "60%", "--test", "40%"), "there are 12 rows, and you ask 60% for eval and 40% for test"),
        (("--eval", "10%", "--group-by", "prompts"), 'no row has the key "prompts"; did you mean "prompt"?'),
        ((), "Missing option"),
    ],
    ids=str,
)
def test_refusals(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    written(tmp_path / "train.jsonl", rows(9))
    code, _, error = fix("train.jsonl", *arguments, cwd=tmp_path, command="split")
    assert code == 2
    assert words in error
    assert [path.name for path in tmp_path.iterdir()] == ["train.jsonl"]


def _answer(number: int) -> dict[str, Any]:
    return {"question_id": number, "answer_id": number, "choices": [{"turns": [sentence(number)]}]}


def _request(number: int) -> dict[str, Any]:
    return {"custom_id": f"{number}", "body": {"messages": [{"role": "user", "content": sentence(number)}]}}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (_answer, "the rows are answers, to be joined with their prompts first; split the result"),
        (_request, "the rows are requests, to be joined with their responses first; split the result"),
    ],
)
def test_rows_whose_other_half_is_elsewhere_are_not_divided(
    row: Callable[[int], dict[str, Any]], words: str, tmp_path: Path
) -> None:
    written(tmp_path / "data.jsonl", map(row, range(30)))
    code, _, error = fix("data.jsonl", "--eval", "10%", cwd=tmp_path, command="split")
    assert code == 2
    assert words in error


def test_rows_that_are_all_one_group_cannot_be_divided(tmp_path: Path) -> None:
    written(tmp_path / "data.jsonl", rows(1)[:1] * 30)
    code, _, error = fix("data.jsonl", "--eval", "10%", cwd=tmp_path, command="split")
    assert code == 2
    assert "too many rows are connected by exact copies (29)" in error
    written(tmp_path / "data.jsonl", rows(4, 1))
    _, _, error = fix("data.jsonl", "--eval", "1%", cwd=tmp_path, command="split")
    assert "no row is left for eval: its share is less than a row" in error


def test_the_commands_that_are_proposed_can_be_run(tmp_path: Path) -> None:
    written(tmp_path / "data.jsonl", rows(60))
    options = ("--eval", "20%", "--columns", "prompt=prompt,response=completion", "--category", "topic")
    _, output, _ = fix("data.jsonl", *options, cwd=tmp_path, command="split")
    assert output.splitlines()[-2:] == [
        "Nothing is written yet",
        f"next: datalint split data.jsonl {' '.join(options)} --output parts",
    ]
    proposed = output.splitlines()[-1].removeprefix("next: datalint split ").split()
    code, output, _ = fix(*proposed, cwd=tmp_path, command="split")
    assert code == 0
    assert output.splitlines()[-1] == (
        f"next: datalint check parts/train.jsonl --eval parts/eval.jsonl {' '.join(options[2:])}"
    )


def test_a_test_set_of_an_earlier_split_is_named(tmp_path: Path) -> None:
    written(tmp_path / "data.jsonl", rows(60))
    said = []
    for options in (("--test", "10%"), ()):
        code, output, _ = fix(
            "data.jsonl", "--eval", "20%", *options, "--output", "parts", cwd=tmp_path, command="split"
        )
        assert code == 0
        said.append("parts/test.jsonl is of an earlier split" in output)
    assert said == [False, True]
    assert (tmp_path / "parts" / "test.jsonl").is_file()


def test_a_text_of_which_several_files_have_a_line_for_each_is_not_divided(tmp_path: Path) -> None:
    lines = "".join(f"{sentence(n)}\n" for n in range(60))
    for name in ("train.en.txt", "train.de.txt", "train.fr.txt", "s1.txt", "s2.txt"):
        (tmp_path / name).write_text(lines)
    for name, other in (("train.en.txt", "train.de.txt"), ("s1.txt", "s2.txt")):
        code, _, error = fix(name, "--eval", "10", "--output", "parts", cwd=tmp_path, command="split")
        assert (code, f"paste {other} {name}" in error) == (2, True)


def test_pairs_of_two_texts_are_divided_as_json_lines(tmp_path: Path) -> None:
    for folder, start in (("de", 0), ("en", 3000)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "train.txt").write_text("".join(f"{sentence(start + n)}\n" for n in range(60)))
    code, _, _ = fix("de/train.txt", "--eval", "10", "--output", "parts", cwd=tmp_path, command="split")
    assert code == 0
    texts = [(tmp_path / "parts" / f"{part}.jsonl").read_text() for part in ("train", "eval")]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    pairs = [{"translation": {"en": sentence(3000 + n), "de": sentence(n)}} for n in range(60)]
    assert sorted(map(str, rows)) == sorted(map(str, pairs))


def test_rows_with_one_long_and_rare_response_stay_together_but_form_no_large_group(tmp_path: Path) -> None:
    def row(prompt: str, completion: str) -> dict[str, Any]:
        return {"prompt": prompt, "completion": completion}

    given = [row(sentence(n), f"{sentence(900 + n // 2)} {sentence(1300 + n // 2)}") for n in range(80)]
    given += [row(sentence(n), "I cannot say that, since nobody asked.") for n in range(200, 240)]
    given += [row(sentence(n), f"Yes {n // 2}.") for n in range(300, 340)]
    # Each row has its prompt in common with one neighbour, and its response with the other one.
    chain = [row(sentence(400 + n // 2), f"Chained: {sentence(1700 + (n + 1) // 2)}") for n in range(60)]
    written(tmp_path / "data.jsonl", given + chain)
    _, output, _ = fix("data.jsonl", "--eval", "40", "--output", "parts", cwd=tmp_path, command="split")
    held, trained = (
        [json.loads(line)["completion"] for line in (tmp_path / f"parts/{name}.jsonl").read_text().splitlines()]
        for name in ("eval", "train")
    )
    shared = [each for each in held if each in trained]
    assert {each[:3] for each in shared} == {"I c", "Yes", "Cha"}
    assert "the same long response (40)" in output
    count = sum(each[:3] == "Cha" for each in shared)
    assert count >= 5
    assert f"\n{count} of {len(held)} rows of eval have a response that train has too, for another prompt\n" in output
    certificate = json.loads((tmp_path / "parts/split.json").read_text())
    assert certificate["same_responses"] == {"eval": count}
    assert certificate["kept_together"]["largest"] == 2
