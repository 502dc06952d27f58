"""Violations of a shape's JSON Schema: jsonschema-rs detects that a row has one, jsonschema explains it.

Where the roles of turns are all that is wrong, which is so in every row of some files, jsonschema-rs explains that too,
in a fiftieth of the time.
"""

from __future__ import annotations

import gc
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.privacy.json_paths import json_path
from datalint.records.record import Problem
from datalint.shapes.base import Shape
from datalint.shapes.folded_schema import folded, part_at
from datalint.shapes.violations import problems_of, role_problems

if TYPE_CHECKING:
    pass

#: Violations that one row may have before the rest is left out: a hostile row could hold millions.
_MOST: Final = 100
#: Rows that are explained until their garbage is collected.
_COLLECTED: Final = 512
#: Schemas by their identity, as they were compiled, with their validators; and how many are kept.
_KEPT: Final[dict[int, tuple[dict[str, Any], dict[str, Any], Any]]] = {}
_MOST_KEPT: Final = 64


class Validator:
    """Checks rows against one shape; compiled on first use."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._explainer: Any = None
        self._explained = 0

    @cached_property
    def _fast(self) -> Any:
        return _compiled(self.shape.schema)[1]

    def is_valid(self, value: dict[str, Any]) -> bool:
        """Return whether the row fits its shape's schema; unencodable values count as not."""
        try:
            return bool(self._fast.is_valid(value))
        except (ValueError, RecursionError):
            return False

    def explain(self, value: dict[str, Any]) -> tuple[Problem, ...]:
        """Return the first 100 violations, each filed under the rule that reports it, one a rule and path."""
        roles = self.roles_alone(value)
        return self.every_problem(value) if roles is None else roles

    def roles_alone(self, value: dict[str, Any]) -> tuple[Problem, ...] | None:
        """Return the violations of a row in which only roles of turns are wrong; None for every other row."""
        found: dict[tuple[str, str], Problem] = {}
        lists = set()
        try:
            for error in islice(self._fast.iter_errors(value), _MOST):
                *way, keyword = error.schema_path
                schema = part_at(_compiled(self.shape.schema)[0], way) if keyword == "enum" else None
                if schema is None or schema.get("x-rule", {}).get("enum") != "unknown-role":
                    return None
                parts = error.instance_path
                lists.add(parts[0] if parts else None)
                for problem in role_problems(error.instance, schema["enum"], json_path(parts)):
                    found.setdefault((problem.rule, problem.path or ""), problem)
        except (ValueError, RecursionError):
            return None
        # The order of turns is that of their list, the order of two lists is the schema's.
        return tuple(found.values()) if len(lists) == 1 else None

    def every_problem(self, value: dict[str, Any]) -> tuple[Problem, ...]:
        """Return the first 100 violations of a row, whatever they are."""
        if self._explainer is None:
            from jsonschema import Draft202012Validator

            self._explainer = Draft202012Validator(_for_python(self.shape.schema))
        found: dict[tuple[str, str], Problem] = {}
        try:
            for error in islice(self._explainer.iter_errors(value), _MOST):
                for problem in problems_of(error):
                    found.setdefault((problem.rule, problem.path or ""), problem)
        except RecursionError:
            return ()
        self._explained += 1
        if self._explained % _COLLECTED == 0 and not gc.isenabled():
            # Errors of jsonschema refer to each other, and nothing else would free them while a chunk is mapped.
            gc.collect(0)
        return tuple(found.values())


def _compiled(schema: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return a shape's schema as it was compiled, and its validator; a process that lints often compiles it once."""
    known = _KEPT.get(id(schema))
    if known is None:
        import jsonschema_rs

        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        short = folded(schema)
        # With the schema itself, whose identity is another's as soon as nothing refers to it.
        known = _KEPT[id(schema)] = schema, short, jsonschema_rs.validator_for(short)
    return known[1:]


def _for_python(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose patterns of keys end where the key ends: "$" of Python is before a last line break too."""
    patterns = schema.get("patternProperties", {})
    ends = {each: f"{each[:-1]}\\Z" if each.endswith("$") else each for each in patterns}
    return schema | {"patternProperties": {ends[each]: patterns[each] for each in patterns}}
