"""What a run does, settled before the first byte is read; it pickles, so workers get the same plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from datalint.core.finding import Severity
from datalint.core.rule import Options, Rule, Scope
from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.shapes.inference import Guess


class Active(NamedTuple):
    """A selected rule with the options and severity that hold in this run."""

    rule: Rule
    options: Options
    severity: Severity


class NearSettings(NamedTuple):
    """How near-duplicates are looked for: see docs/near-duplicates.md."""

    view: str = "pair"
    shingle: str = "char-5"
    threshold: float = 0.7


@frozen
class Plan:
    """The rules and settings of a run; not ``evaluates`` is a project that evaluates by other means.

    ``loose_keys`` are the settings (``columns.prompt``, ``balance.field``) whose key no row needs to have.
    ``guesses`` are about the columns of the sources whose rows fit no shape.
    """

    rules: tuple[Active, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    category_key: str | None = None
    expected: Mapping[str, float] = field(default_factory=dict)
    near: NearSettings = field(default_factory=NearSettings)
    schema: Mapping[str, object] | None = None
    needs_near: bool = True
    profile: str = "guide"
    evaluates: bool = True
    loose_keys: frozenset[str] = frozenset()
    guesses: tuple[Guess, ...] = ()

    def of(self, *scopes: Scope) -> list[tuple[int, Active]]:
        """Return the rules of these scopes with their index in ``rules``."""
        return [(i, active) for i, active in enumerate(self.rules) if active.rule.scope in scopes]
