"""Lines of plain texts whose place has a meaning are kept by the safe fix of copies."""

from __future__ import annotations

from datalint.core.registry import Registry
from datalint.testing.running import fix_rule

LINES = "il neige\nnous partons demain\nil neige\n"


def test_copies_in_one_side_of_a_parallel_corpus_stay() -> None:
    registry = Registry()
    registry.load_builtin()
    rule = registry.find("exact-duplicate")
    kept = [
        fix_rule(rule, data=LINES.encode(), name=name, files={other: ["it snows"]}).count(b"il neige")
        for name, other in (
            ("train_fr.txt", "train_en.txt"),
            ("Psalms_French.txt", "Psalms_Ilokano.txt"),
            ("train_fr.txt", "notes.txt"),
        )
    ]
    assert kept == [2, 2, 1]
