"""A pool of rows names the training and evaluation file that were made from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import datalint
from datalint.checkout.confine import Confinement
from datalint.config.files import Disk
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.privacy.display import printable
from datalint.report.remedies import concrete

POOL = "data/raw/pool.jsonl"


def asked(numbers: range) -> str:
    """Return rows of a pool."""
    rows = ({"question": f"Which chair has number {n}?", "answer": f"Chair {n} is in room {n * 7}."} for n in numbers)
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def chatted(numbers: range) -> str:
    """Return the same rows as conversations."""
    rows = map(json.loads, asked(numbers).splitlines())
    made = (
        [
            ("system", "You know all chairs of the house, and all rooms."),
            *zip(("user", "assistant"), row.values(), strict=True),
        ]
        for row in rows
    )
    return "".join(json.dumps({"messages": [{"role": r, "content": c} for r, c in turns]}) + "\n" for turns in made)


def written(numbers: range) -> str:
    """Return the same rows as conversations, of which a turn is an object written as JSON."""
    rows = map(json.loads, asked(numbers).splitlines())
    made = (
        [
            {"role": "user", "content": json.dumps({"n": 1, "question": row["question"]})},
            {"role": "assistant", "content": json.dumps({"known": True, "found": row["answer"]})},
        ]
        for row in rows
    )
    return "".join(json.dumps({"messages": turns}) + "\n" for turns in made)


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def found(folder: Path, data: str = POOL) -> tuple[str, str]:
    """Return severity and message of the only finding."""
    report = datalint.lint(folder / data, config={"select": ("RDY001",)})
    [finding] = report.findings
    return finding.severity.value, finding.message


@pytest.mark.parametrize(
    ("data", "files", "said"),
    [
        (POOL, {"data/final/train.jsonl": chatted(range(50)), "data/final/val.jsonl": chatted(range(50, 60))},
         "at least 10 rows of ../final/val.jsonl are among these: if you train on a file made from this data, "
         "check ../final/train.jsonl"),
        ("pool.jsonl", {"ready/sft_train.jsonl": asked(range(50)), "ready/sft_eval.jsonl": asked(range(57, 90))},
         "at least 3 rows of ready/sft_eval.jsonl are among these"),
        # The data was divided within its own folder.
        ("pool.jsonl", {"train.jsonl": asked(range(50)), "val.jsonl": asked(range(50, 60))},
         "at least 10 rows of val.jsonl are among these: if you train on a file made from this data, "
         "check train.jsonl"),
        ("pool.jsonl", {"train.jsonl": written(range(50)), "val.jsonl": written(range(50, 60))},
         "at least 10 rows of val.jsonl are among these: if you train on a file made from this data, "
         "check train.jsonl"),
        ("train_b.jsonl", {"train_a.jsonl": asked(range(50)), "test_a.jsonl": asked(range(50, 60))}, ""),
        # A few rows in common may be there by chance or leak, and what stands in all rows is no row.
        (POOL, {"data/final/train.jsonl": asked(range(50)), "data/final/val.jsonl": asked(range(58, 90))}, ""),
        (POOL, {"data/final/train.jsonl": asked(range(50)), "data/final/val.jsonl": asked(range(57, 150))}, ""),
        (POOL, {"data/final/train.jsonl": asked(range(70, 90)), "data/final/val.jsonl": asked(range(60))}, ""),
        (POOL, {"data/final/train.jsonl": asked(range(50)), "data/final/val.jsonl": asked(range(1)) * 40}, ""),
        (POOL, {"data/final/val.jsonl": asked(range(50, 60))}, ""),
        # The data is one of such files, or is in a repository next to another one.
        (POOL, {"data/final/train.jsonl": asked(range(50)), "data/final/val.jsonl": asked(range(50, 60)),
                "data/raw/train.jsonl": asked(range(5)), "data/raw/test_other.txt": "Chairs"}, ""),
        (POOL, {"data/final/train.jsonl": asked(range(50)), "data/final/val.jsonl": asked(range(50, 60)),
                "data/raw/.git/HEAD": ""}, ""),
    ],
)  # fmt: skip
def test_files_made_from_the_data_are_named(tmp_path: Path, data: str, files: dict[str, str], said: str) -> None:
    lay(tmp_path, {data: asked(range(60)), **files})
    severity, message = found(tmp_path, data)
    assert (severity, said in message) == ("info" if said else "warning", True)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"train": asked(range(60)), "val": asked(range(90, 110)), "test": asked(range(110, 130))},
         "2 files near the data share columns: if they are one, --eval splits/val.jsonl --eval splits/test.jsonl"),
        ({"train": asked(range(20, 80)), "test": asked(range(110, 130))},
         "a file near the data shares columns: if it is one, --eval splits/test.jsonl"),
        ({"train": chatted(range(60)), "test": chatted(range(110, 130))},
         "splits/test.jsonl is next to the data in another layout and is not compared"),
        # It is divided from something else, or has few rows.
        ({"train": asked(range(50, 90)), "test": asked(range(110, 130))}, ""),
        ({"train": asked(range(60)), "test": asked(range(110, 119))}, ""),
        ({"train": asked(range(70, 90)), "test": asked(range(110, 130))}, ""),
    ],
)  # fmt: skip
def test_data_made_from_a_training_file_has_the_evaluation_set_next_to_that(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    lay(tmp_path, {"data/enriched.jsonl": asked(range(60))})
    lay(tmp_path, {f"data/splits/{name}.jsonl": text for name, text in files.items()})
    severity, message = found(tmp_path, "data/enriched.jsonl")
    assert severity == "warning"
    assert said in message
    assert ("splits/" in message) is bool(said)


def test_what_was_made_from_the_data_is_checked_next(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {POOL: asked(range(60)), "data/set/train.jsonl": asked(range(50)), "data/set/dev.jsonl": asked(range(50, 60))},
    )
    report = datalint.lint(tmp_path / POOL, config={"select": ("RDY001",)})
    remedy = concrete(printable("Hold out 5 % of the rows: `datalint split DATA --eval 5% --output DIR`"), report, None)
    assert remedy == f"Check the file that you train on: `datalint check {tmp_path}/data/set/train.jsonl`"


@pytest.mark.parametrize("link", ["final", "final/train.jsonl"])
def test_no_link_is_followed(tmp_path: Path, link: str) -> None:
    lay(tmp_path, {f"there/{POOL}": asked(range(60)), "away/train.jsonl": asked(range(50))})
    lay(tmp_path, {"away/val.jsonl": asked(range(50, 60))})
    if "/" in link:
        lay(tmp_path, {"there/data/final/val.jsonl": asked(range(50, 60))})
    (tmp_path / "there/data" / link).symlink_to(tmp_path / "away" / Path(link).relative_to("final"))
    assert found(tmp_path / "there")[0] == "warning"


def test_nothing_outside_of_the_confinement_is_looked_at(tmp_path: Path) -> None:
    lay(tmp_path, {POOL: asked(range(60)), "data/final/train.jsonl": asked(range(50))})
    lay(tmp_path, {"data/final/val.jsonl": asked(range(50, 60))})
    confined = {name: Disk(Confinement.to([tmp_path / name])) for name in ("data", "data/raw")}
    loaded = load_settings(registry=Registry.default(), isolated=True, overrides={"select": ("RDY001",)})
    reports = [datalint.lint(tmp_path / POOL, config=replace(loaded, files=files)) for files in confined.values()]
    assert [each.severity.value for report in reports for each in report.findings] == ["info", "warning"]
