"""The options of a command line as typed values; :meth:`RunOptions.of` makes them from what click parsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from datalint.support.named_tuple import NamedTuple


class InputOptions(NamedTuple):
    """How the rows of an input are read, and what they are judged with."""

    eval: tuple[str, ...] | Literal[False] | None = None
    benchmark: tuple[str, ...] = ()
    contamination: str | None = None
    category: str | None = None
    group_by: tuple[str, ...] = ()
    schema: str | None = None
    model: str | None = None
    max_length: int | None = None
    target: tuple[str, ...] = ()
    kind: str | None = None
    columns: Mapping[str, str] | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: bool | None = None
    split: str | None = None
    stdin_filename: str | None = None


class PlanOptions(NamedTuple):
    """What is planned: the keys of ``[plan]``."""

    goal: str | None = None
    task: str | None = None
    knowledge: bool | None = None
    retrievable: bool | None = None
    format_or_style: bool | None = None
    prompt_solves: bool | None = None
    latency_or_cost: bool | None = None
    base_model: str | None = None
    models: Mapping[str, float | Literal[False]] | None = None
    prompt_baseline: float | None = None
    metric: str | None = None
    method: str | None = None
    rank: int | None = None
    epochs: float | None = None
    batch: int | None = None
    micro_batch: int | None = None
    checkpointing: bool | None = None
    stack: str | None = None
    precision: str | None = None
    head: bool | None = None
    gpu: str | None = None
    gpus: int | None = None


class NearOptions(NamedTuple):
    """What near-duplicates are compared by."""

    view: str | None = None
    shingle: str | None = None
    threshold: float | None = None


class SelectionOptions(NamedTuple):
    """Which rules run."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


class ConfigOptions(NamedTuple):
    """Which configuration is used."""

    config: str | None = None
    isolated: bool = False
    allow_local_plugins: bool = False
    profile: str | None = None


class BaselineOptions(NamedTuple):
    """Which findings are not listed: those in a baseline, and those on rows that did not change."""

    baseline: str | None = None
    no_baseline: bool = False
    base_ref: str | None = None


class TrustOptions(NamedTuple):
    """How far a checkout is trusted."""

    confine: tuple[str, ...] = ()
    config_ref: str | None = None
    config_since: str | None = None


class SpeedOptions(NamedTuple):
    """Processes, memory and the cache."""

    jobs: int | None = None
    max_memory: str | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    work_dir: str | None = None
    engine: str = "auto"
    engine_address: str | None = None


class VerdictOptions(NamedTuple):
    """Which verdict fails the command."""

    fail_on: str | None = None
    exit_zero: bool = False


class OutputOptions(NamedTuple):
    """Where reports go and how they look; ``color`` is None where the terminal decides."""

    output_format: str = "text"
    output: tuple[tuple[str | None, str], ...] = ()
    moved_to: tuple[str, ...] = ()
    full: bool = False
    findings: str | None = None
    statistics: bool = False
    quiet: bool = False
    color: bool | None = None


class RunOptions(NamedTuple):
    """The options that commands share, in groups; a group that a command does not have keeps its defaults."""

    inputs: InputOptions = InputOptions()
    near: NearOptions = NearOptions()
    rules: SelectionOptions = SelectionOptions()
    config: ConfigOptions = ConfigOptions()
    baseline: BaselineOptions = BaselineOptions()
    trust: TrustOptions = TrustOptions()
    speed: SpeedOptions = SpeedOptions()
    verdict: VerdictOptions = VerdictOptions()
    output: OutputOptions = OutputOptions()
    plan: PlanOptions = PlanOptions()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> RunOptions:
        """Return the values of parsed options by name.

        Raises:
            TypeError: for an option that no group has.
        """
        rest = dict(given)
        groups = [group._replace(**{name: rest.pop(name) for name in group._fields if name in rest}) for group in cls()]
        if rest:
            raise TypeError(f"no group of options has {', '.join(rest)}")
        return cls._make(groups)

    def settings(self) -> dict[str, Any]:
        """Return what the command line sets, by dotted configuration key; None and () mean that it does not."""
        return {
            "profile": self.config.profile,
            "fail-on": self.verdict.fail_on,
            "select": self.rules.select,
            "ignore": self.rules.ignore,
            "extend-select": self.rules.extend_select,
            "max-memory": self.speed.max_memory,
            "eval": self.inputs.eval,
            "schema": self.inputs.schema,
            "benchmarks.paths": self.inputs.benchmark,
            "benchmarks.definition": self.inputs.contamination,
            "model": self.inputs.model,
            "max-length": self.inputs.max_length,
            "target": self.inputs.target,
            "balance.field": self.inputs.category,
            "group-by": self.inputs.group_by,
            "kind": self.inputs.kind,
            "columns": self.inputs.columns or None,
            "delimiter": self.inputs.delimiter,
            "quote": self.inputs.quote,
            "header": self.inputs.header,
            "near-duplicates.view": self.near.view,
            "near-duplicates.shingle": self.near.shingle,
            "near-duplicates.threshold": self.near.threshold,
            **{f"plan.{name.replace('_', '-')}": value for name, value in self.plan._asdict().items()},
        }
