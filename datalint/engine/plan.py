"""The plan of a run, made before the first byte is read. It can be pickled, so that workers get the same plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from datalint.core.finding import Severity
from datalint.core.needs import expanded, missing_option, why_missing
from datalint.core.rule import Options, Rule, Scope
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.advise.facts import Training
    from datalint.core.kind import Kind
    from datalint.models.spec import ModelSpec
    from datalint.records.analyses import Nearby
    from datalint.shapes.guess import Guess
    from datalint.shapes.usual_keys import Layout
    from datalint.support.chat_texts.turns import TurnMarks
    from datalint.targets.spec import Target


class Active(NamedTuple):
    """A selected rule with its options and severity in this run."""

    rule: Rule
    options: Options
    severity: Severity


class NearSettings(NamedTuple):
    """Settings of the search for near-duplicates; see docs/near-duplicates.md."""

    view: str = "pair"
    shingle: str = "char-5"
    threshold: float = 0.7


@frozen
class Plan:
    """The rules and settings of a run.

    Rules and analyses: ``needs`` are those of its rules and gates with everything they imply; the run makes these
    analyses and no others. ``missing`` has the reason for each need that the settings do not provide. ``codes`` maps
    the codes and names of all rules to codes, for rows that accept findings; None takes every code for one.

    Keys of rows: ``loose_keys`` are the settings (``columns.prompt``, ``balance.field``) whose key need not occur in
    any row. ``guesses`` are the inferred columns of sources whose rows fit no shape, ``layouts`` the keys that nearly
    all first rows of a source have, and ``turn_marks`` the markers of who speaks in texts that are conversations.
    ``idle_keys`` have texts that are not read and do not affect the answer, so rows are not compared by them.
    ``group_keys`` are keys whose values may be in one split only.

    Models and targets: ``model`` renders the rows, and ``max_length`` is the number of tokens of each row that a
    trainer reads; None for the limit of the model. ``targets`` are the trainers and providers whose treatment of the
    rows is judged. ``training`` is the training run in the configuration.

    The data and its files: ``kind`` is the kind of data that the user names; None if names and rows decide. ``held``
    says that the rows to read are those of an evaluation set. ``provenance`` are the files next to the data that
    mention a licence; None for data that is in no file. ``evaluation_nearby`` is a file that may be the evaluation
    set, if the run has none. ``files_alike`` is the number of files in the folder of the data that have its columns, 0
    for none. ``files_of_classes`` maps the class of the data to the names of the files that each have another class.
    ``evaluation_card`` is the README that says that the data is for evaluation, empty for none.

    Searches: ``contamination`` is the name of a definition. ``sketches_prompts`` sketches the prompts of rows as well,
    so that near-leaked prompts are found without reading the rows again.
    """

    rules: tuple[Active, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    category_key: str | None = None
    group_keys: tuple[str, ...] = ()
    contamination: str = "tulu-3"
    provenance: tuple[str, ...] | None = None
    evaluation_nearby: Nearby | None = None
    files_alike: int = 0
    evaluation_card: str = ""
    files_of_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expected: Mapping[str, float] = field(default_factory=dict)
    near: NearSettings = field(default_factory=NearSettings)
    needs: frozenset[str] = frozenset()
    missing: Mapping[str, str] = field(default_factory=dict)
    profile: str = "guide"
    loose_keys: frozenset[str] = frozenset()
    guesses: tuple[Guess, ...] = ()
    layouts: tuple[Layout, ...] = ()
    turn_marks: TurnMarks | None = None
    idle_keys: tuple[str, ...] = ()
    model: ModelSpec | None = None
    codes: Mapping[str, str] | None = None
    max_length: int | None = None
    training: Training | None = None
    targets: tuple[Target, ...] = ()
    sketches_prompts: bool = False
    held: bool = False

    @property
    def mapping(self) -> Mapping[str, str]:
        """The columns that the user maps, otherwise those of the first clear inference."""
        guessed = next((dict(guess.columns) for guess in self.guesses if guess.clear), {})
        return self.columns or guessed

    @property
    def guessed_categories(self) -> frozenset[str]:
        """The keys of categories that clear inferences name, unless the settings name one."""
        if self.category_key is not None or self.columns:
            return frozenset()
        found = (dict(guess.columns).get("category") for guess in self.guesses if guess.clear)
        return frozenset(key for key in found if key is not None)

    @property
    def learned_labels(self) -> frozenset[str]:
        """The keys that are learned as responses, which are the categories of rows if their values are labels."""
        columns = [dict(guess.columns) for guess in self.guesses if guess.clear]
        return frozenset(found[meaning] for found in columns for meaning in ("response", "labels") if meaning in found)

    def of(self, *scopes: Scope, missing: Mapping[str, str] | None = None) -> list[tuple[int, Active]]:
        """Return the rules of these scopes that run, with their index in ``rules``.

        ``missing`` has the reason for each need that neither settings nor data provide, as far as that is known.
        """
        return [
            (i, active)
            for i, active in enumerate(self.rules)
            if active.rule.scope in scopes and self.obstacle(active, missing) is None
        ]

    def also_needing(self, *names: str) -> Plan:
        """Return the plan with more needs: for what a report shows apart from findings and gates."""
        return replace(self, needs=self.needs | expanded(names))

    def obstacle(self, active: Active, missing: Mapping[str, str] | None = None) -> str | None:
        """Return why a rule does not run and what to supply; None if it runs."""
        needs = active.rule.needs
        if not needs:
            return None
        return why_missing(needs, {**self.missing, **(missing or {})}) or missing_option(needs, active.options)


def needs_of(rules: Iterable[Active]) -> frozenset[str]:
    """Return the needs of rules, with everything that they imply."""
    return expanded({need for active in rules for need in active.rule.needs})
