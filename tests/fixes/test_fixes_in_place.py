"""Lines of plain texts whose place has a meaning are kept by the safe fix of copies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from datalint import fix, lint
from datalint.core.registry import Registry
from datalint.testing.running import fix_rule

LINES = "il neige\nnous partons demain\nil neige\n"


def test_copies_in_one_side_of_a_parallel_corpus_stay() -> None:
    registry = Registry()
    registry.load_builtin()
    rule = registry.find("exact-duplicate")
    kept = [
        fix_rule(
            rule, data=LINES.encode(), name=name, files={other: ["it snows", "we leave", "snow falls"][:size]}
        ).count(b"il neige")
        for name, other, size in (
            ("s1.txt", "s2.txt", 3),
            ("premise.txt", "hypothesis.txt", 3),
            ("train_fr.txt", "train_en.txt", 3),
            ("train.src", "train.tgt", 3),
            ("seq.in", "seq.out", 3),
            ("train.fr", "train.oc", 3),
            ("Psalms_French.txt", "Psalms_Ilokano.txt", 3),
            ("train_text.txt", "train_labels.txt", 3),
            ("train.txt", "train_label.txt", 3),
            ("train.txt", "labels_train.txt", 3),
            ("train.txt", "pos_train.txt", 3),
            ("train_fr.txt", "train_en.txt", 2),
            ("train.txt", "pos_train.txt", 2),
            ("train_fr.txt", "notes.txt", 3),
            ("train_text.txt", "test_labels.txt", 3),
        )
    ]
    assert kept == [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("numbers", "is_kept"),
    [
        (range(1, 13), True),
        (range(20, 0, -1), True),
        ([*range(1, 13), 3], False),
        (range(8990, 9002), False),
        (["the tide", *range(1, 13)], False),
        (range(1, 6), False),
    ],
)
def test_no_fix_removes_rows_that_another_file_names_by_their_numbers(
    tmp_path: Path, numbers: Sequence[object], *, is_kept: bool
) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("text\tlabel\n" + "".join(f"the boat {n % 25} waits at the dock\t{n % 5}\n" for n in range(30)))
    (tmp_path / "part-train.txt").write_text("".join(f"{each}\n" for each in numbers))
    config = {"select": ["exact-duplicate"]}
    report = lint(path, config=config, eval=False)
    assert {each.fix for each in report.findings} == ({None} if is_kept else {"safe"})
    assert any("part-train.txt has numbers of its rows" in note for note in report.notes) is is_kept
    assert len(list(fix(path, config=config, eval=False).records())) == (30 if is_kept else 25)


def test_no_fix_removes_lines_that_another_file_has_a_line_for(tmp_path: Path) -> None:
    path, held = tmp_path / "train_text.txt", tmp_path / "held.txt"
    path.write_text("the ferry waits\nthe tide turned at noon\nthe boat has left\n")
    held.write_text("the tide turned at noon\n")
    config = {"select": ["leaked-example"]}

    def places_and_lines_left() -> tuple[list[str | None], int]:
        found = lint(str(path), str(held), config).findings
        return [each.fix for each in found], len(list(fix(str(path), str(held), config, unsafe=True).records()))

    assert places_and_lines_left() == (["unsafe"], 2)
    for name in ("train_labels.txt", "train_tags.txt"):
        (tmp_path / name).write_text("0\n1\n0\n")
    assert places_and_lines_left() == ([None], 3)
