"""A rule that a run may have nothing to do for: it is imported when more is asked of it than the index of rules says.

The index has what decides whether the rule runs. Most data has no tool calls, no preferences and no evaluation set, and
a run names no model and no target: a third of the rules stay idle, and their modules take as long to import as a
thousand rows to check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from datalint.core.finding import Confidence, Factor, Severity
from datalint.core.rule import NoOptions, Options, Rule, Scope

#: What is known without the module. A rule with options, or one that measures, is never idle.
_KNOWN: Final = frozenset(
    (
        *("code", "name", "severity", "module", "factor", "scope", "requires", "needs", "tags", "gated"),
        *("confidence", "options", "options_type", "check_function", "measure_function"),
    )
)


class IdleRule(Rule):
    """A rule that imports itself with ``load``, once anything else of it is read; from then on it is that rule."""

    # Not that of a dataclass, which would need all attributes.
    def __init__(
        self,
        code: str,
        name: str,
        severity: Severity,
        module: str,
        factor: Factor,
        scope: Scope,
        requires: Iterable[str],
        needs: Iterable[str],
        tags: Iterable[str],
        *,
        gated: bool,
        confidence: Confidence | None,
        load: Callable[[], Rule],
    ) -> None:
        self.code = code
        self.name = name
        self.severity = severity
        self.module = module
        self.factor = factor
        self.scope = scope
        self.requires = frozenset(requires)
        self.needs = frozenset(needs)
        self.tags = frozenset(tags)
        self.gated = gated
        self.confidence = confidence
        self.options_type: type[Options] = NoOptions
        self.__dict__["load"] = load

    def __getattribute__(self, name: str) -> Any:
        if name not in _KNOWN and not name.startswith("__"):
            _wake(self)
        return object.__getattribute__(self, name)

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[str, str, str | None]]:
        _wake(self)
        return self.__reduce__()


def _wake(rule: Rule) -> None:
    """Make an idle rule the one that its module has; another thread may have done so."""
    if (load := rule.__dict__.get("load")) is not None:
        rule.__dict__ = load().__dict__
        rule.__class__ = Rule
