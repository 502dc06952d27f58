"""Record rules with ``rows`` find the same as without."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from datalint.core.registry import Registry
from datalint.core.rule import Scope
from datalint.records.chunk import Chunk
from datalint.records.record import Record
from datalint.records.structure import Structure
from datalint.shapes.detect import MESSAGE_LISTS, Detector
from datalint.shapes.flatten import flatten

REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = [rule for rule in REGISTRY if rule.rows_function is not None]
PIECES = (
    "Yes", "yes", "YES.", "No", "Yes, it is.", "yes it is", "Yes it i s", "Ye\u0301s", "yés", "...", "", " ", "\x1c",
    "\u3000", "3 + 4", "3 4", "word_", "Straße", "STRASSE", "ﬁne", "fine", "a$", "a", "$12.5", "$125", "x\u200b",
    "\n\nHuman: a\n\nAssistant: b", "\n\nHuman: a\n\nAssistant: c", "\n\nHuman: d\n\nAssistant: b",
)  # fmt: skip
TEXTS = st.sampled_from(PIECES) | st.text(alphabet="ab. ,é", max_size=8)
TURNS = st.lists(
    st.builds(
        lambda role, text: {"role": role, "content": text},
        st.sampled_from(("assistant", "assistant", "user", "system", "tool", "bot")),
        TEXTS,
    ),
    max_size=3,
)
LABELS = st.sampled_from((True, False, 0, None, "x"))
SIDES = TEXTS | TURNS
ROWS = st.one_of(
    st.fixed_dictionaries({"prompt": SIDES, "chosen": SIDES, "rejected": SIDES}),
    st.fixed_dictionaries({"chosen": SIDES, "rejected": SIDES}),
    st.fixed_dictionaries(
        {"prompt": TEXTS, "completion": TEXTS, "label": st.sampled_from((True, False, 0, None, "x"))}
    ),
    TURNS.map(lambda turns: {"input": {"messages": turns}, "preferred_output": turns, "non_preferred_output": turns}),
)


def test_there_are_such_rules() -> None:
    assert {rule.name for rule in RULES} >= {"identical-preference", "near-identical-preference"}
    assert all(rule.scope is Scope.RECORD for rule in RULES)


@example([{"prompt": "Yes", "chosen": "Yes", "rejected": "\x1c"}])
@example([{"prompt": "Yes", "chosen": "Yes", "rejected": "\u200b\x1c<|im_end|> "}])
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_rows_that_are_left_out_have_no_finding(rows: list[dict[str, Any]]) -> None:
    detector, structure = Detector(), Structure(rows)
    flat = flatten(rows, detector, structure=structure)
    chunk = Chunk(flat.examples, flat.turns, rows, structure)
    for rule in RULES:
        options = rule.options()
        assert rule.rows_function is not None
        asked = rule.rows_function(chunk, options).fill_null(True).to_list()
        for row in [row for row in range(len(rows)) if not asked[row] and rule.requires & flat.features[row]]:
            record = Record(rows[row], flat.shapes[row].name, flat.words(row), lists=MESSAGE_LISTS)
            assert not list(rule.function(record, options)), (rule.name, rows[row])
