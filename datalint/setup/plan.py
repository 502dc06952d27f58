"""Makes the plan of a run from the settings: the rules, what they need, and which needs nothing provides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.core.kind import RL
from datalint.core.needs import EVALUATED, NEEDS, expanded
from datalint.engine.plan import Active, NearSettings, Plan, needs_of
from datalint.privacy.display import printable
from datalint.setup.card_words import evaluation_card

if TYPE_CHECKING:
    from datalint.advise.facts import Training
    from datalint.config.gates import Gate
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.models.spec import ModelSpec
    from datalint.sources import Source
    from datalint.targets.spec import Target

#: The options that set what names a key of rows, apart from ``--columns``.
_OPTIONS: Final = {"balance.field": "--category ", "group-by": "--group-by "}


def make_plan(settings: Settings, registry: Registry, sources: Sequence[Source] = (), *, partial: bool = False) -> Plan:
    """Settle the rules and what the engine must know about ``sources``; imports the rules that run.

    ``partial`` says that the inputs are not all of the data that the configuration names, so that keys which it names
    may be those of other rows.
    """
    from datalint.config.gates import load_gates
    from datalint.config.select import resolve

    rules = tuple(configured(Active(*each), settings) for each in resolve(settings, registry))
    near = settings.near_duplicates
    needs = needs_of(rules) | _needs_of_gates(load_gates(settings).values(), rules)
    model = find_model_of(settings)
    training = None
    if settings.plan is not None:
        from datalint.setup.training import find_training

        training = find_training(settings)
    targets = find_targets_of(settings)
    return Plan(
        rules=rules,
        columns={meaning: key for meaning, key in settings.columns.items() if meaning != "category"},
        kind=settings.kind,
        category_key=settings.category,
        contamination=settings.benchmarks.definition,
        group_keys=tuple(dict.fromkeys(settings.group_by)),
        expected=settings.balance.expected,
        near=NearSettings(view=near.view, shingle=near.shingle, threshold=near.threshold),
        needs=needs,
        missing=_missing(settings, needs, model, training) | ({} if targets else {"target": NEEDS["target"].remedy}),
        profile=settings.profile,
        loose_keys=loose_keys(settings, rules, partial=partial),
        model=model,
        codes=registry.by_name,
        max_length=settings.max_length,
        training=training,
        targets=targets,
        evaluation_card=evaluation_card(settings, sources),
    )


def _needs_of_gates(gates: Iterable[Gate], rules: Sequence[Active]) -> frozenset[str]:
    """Return what the measures of gates need that rest on these rules."""
    from datalint.engine.reduce.measures import all_measures

    codes = [active.rule.code for active in rules]
    measures = (all_measures().get(gate.measure) for gate in gates if gate.rests_on(codes))
    return expanded({need for measure in measures if measure is not None for need in measure.needs})


def find_model_of(settings: Settings) -> ModelSpec | None:
    """Return the model that the settings name, None where they name none.

    Raises:
        DatalintError: when it cannot be found or read, with the line that names it.
    """
    if settings.model is None:
        if settings.max_length is not None:
            raise DatalintError(_located(settings, "max-length", "needs a model to count tokens with; add --model"))
        return None
    from datalint.models.find import find_model

    try:
        return find_model(settings.model, settings.files.confine.check)
    except DatalintError as error:
        raise DatalintError(_located(settings, "model", str(error))) from error


def find_targets_of(settings: Settings) -> tuple[Target, ...]:
    """Return the targets that the settings name.

    Raises:
        DatalintError: when one cannot be found or read, with the line that names it.
    """
    if not settings.target_names:
        return ()
    from datalint.targets.load import find_targets, for_model

    try:
        found = find_targets(settings.target_names, settings.targets, settings.files.read)
        return tuple(for_model(each, settings.model or "") for each in found)
    except DatalintError as error:
        raise DatalintError(_located(settings, "target", str(error))) from error


def _located(settings: Settings, key: str, sentence: str) -> str:
    line = settings.line_of(key)
    return f"--{key}: {sentence}" if line is None else f"{line}: {key}: {sentence}"


def _missing(
    settings: Settings, needs: frozenset[str], model: ModelSpec | None, training: Training | None
) -> dict[str, str]:
    """Return the reason for each need that neither the settings nor the installed packages provide."""
    from datalint.neardup.semantic import is_installed

    missing: dict[str, str] = {}
    if training is None:
        missing |= {need: NEEDS[need].remedy for need in ("plan", "memory")}
    elif (lacking := training.lacks_for_memory) is not None:
        missing["memory"] = lacking
    if model is None:
        missing |= {need: NEEDS[need].remedy for need in ("model", "tokens")}
    elif model.vocabulary is None:
        missing["tokens"] = model.lacks
    if settings.eval is False:
        reason = "evaluation is switched off (eval = false)"
        missing |= dict.fromkeys((*EVALUATED, "held-out-evaluation"), reason)
    if settings.kind == RL:
        missing["answers"] = NEEDS["answers"].remedy
    if not settings.group_by:
        missing["groups"] = NEEDS["groups"].remedy
    if not settings.benchmarks.paths:
        missing["benchmark"] = NEEDS["benchmark"].remedy
    if "embeddings" in needs and not is_installed():
        missing["embeddings"] = NEEDS["embeddings"].remedy
    if not settings.balance.expected:
        missing["distribution"] = NEEDS["distribution"].remedy
    return missing


def loose_keys(settings: Settings, rules: Sequence[Active], *, partial: bool) -> frozenset[str]:
    """Return the settings whose key may be missing: of a configuration file that is not about these rows or rules."""
    categories = "category" in needs_of(rules)
    found = []
    for setting in (*(f"columns.{meaning}" for meaning in settings.columns), "balance.field", "group-by"):
        unneeded = partial or (setting == "balance.field" and not categories)
        if unneeded and settings.line_of(_as_written(settings, setting)) is not None:
            found.append(setting)
    return frozenset(found)


def configured(active: Active, settings: Settings) -> Active:
    """Give a rule's options the settings of the project that they take their values from, and check them.

    Raises:
        DatalintError: when the rule cannot work with them, with the line that names the option or the setting.
    """
    rule, options = active.rule, active.options
    taken = {}
    for field in fields(options):
        setting = field.metadata.get("setting")
        if setting and getattr(options, field.name) == field.default and (value := getattr(settings, setting)):
            taken[field.name] = value
    if taken:
        active = active._replace(options=replace(options, **taken))
    if rule.check_function is not None:
        try:
            rule.check_function(active.options)
        except DatalintError as error:
            line = next(filter(None, map(settings.line_of, _keys_of(active, taken))), None)
            if line is None:
                raise
            raise DatalintError(f"{line}: {error}") from error
    return active


def _keys_of(active: Active, taken: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of the configuration that a rule's options may be set by."""
    from datalint.config.values import kebab

    for field in fields(active.options):
        if field.name in taken:
            yield field.metadata["setting"]
        else:
            yield from (f"rules.{name}.{kebab(field.name)}" for name in (active.rule.name, active.rule.code))


@contextmanager
def located_keys(settings: Settings) -> Iterator[None]:
    """Say of a key that no row has where it was set: at a line of the configuration, or by which option."""
    from datalint.engine.reduce.missing_keys import MissingKeyError

    try:
        yield
    except MissingKeyError as error:
        setting = _as_written(settings, error.setting)
        origin = settings.origins.get(setting)
        if origin == "command line":
            meaning = setting.removeprefix("columns.")
            option = _OPTIONS.get(setting, f"--columns {meaning}=")
            raise DatalintError(f"{option}{printable(error.key)}: {error.reason}") from None
        raise DatalintError(
            f"{origin}: {setting}: {error.reason}" if origin else f"{setting}: {error.reason}"
        ) from None


def _as_written(settings: Settings, setting: str) -> str:
    """Return the key of the configuration that a setting of the plan was made from."""
    return "columns.category" if setting == "balance.field" and settings.balance.field is None else setting
