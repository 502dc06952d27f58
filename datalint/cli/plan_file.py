"""``[plan]`` in files: reading one, completing it with the model, and writing what is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.privacy.display import printable

if TYPE_CHECKING:
    from datalint.advise.advice import Advice
    from datalint.checkout.confine import Confinement
    from datalint.cli.values import RunOptions
    from datalint.config.model import Settings

_NAME: Final = "datalint.toml"
#: What a new plan proposes to fill in, with an example.
_OPEN: Final = {
    "goal": '"style"  # or shorter-prompts, vocabulary, speed, output-format, domain-knowledge, general-questions',
    "base-model": '"Qwen/Qwen3-8B"',
    "models": '{ "Qwen/Qwen3-4B" = 0.71, "Qwen/Qwen3-8B" = false }  # results with a good prompt; false: none yet',
    "prompt-baseline": "0.62  # result of the base model with a good prompt",
    "metric": '"exact-match"',
    "method": '"lora"',
    "gpu": '"24GB"',
}


def read_plan(path: str, confine: Confinement) -> dict[str, Any]:
    """Return the values that ``[plan]`` of a TOML file sets, by the names of fields.

    As any configuration that is named, one outside of the confinement is trusted, and a link that leads there is not.

    Raises:
        DatalintError: for a file that cannot be read, has a mistake, or no plan.
    """
    from dataclasses import fields

    from datalint.config.files import Disk
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.setup.training import find_training

    settings = load_settings(registry=Registry.default(), config=path, files=Disk(confine))
    plan = settings.plan
    if plan is None:
        raise DatalintError(f"{printable(path)} has no [plan]; write one with datalint advise --write-plan")
    find_training(settings)  # a GPU or a model that cannot be is an error at its line
    values = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return {name: value for name, value in values.items() if value not in (None, {})}


def options_with_plan(given: dict[str, Any], path: str | None) -> RunOptions:
    """Return the options of ``advise``, with the values of a plan's file below those of the command line."""
    from datalint.cli.trust_options import confinement
    from datalint.cli.values import PlanOptions, RunOptions

    named = {name: given.pop(name) for name in PlanOptions._fields if name in given}
    named["base_model"] = given.get("model")
    options = RunOptions.of(given)
    if path is not None:
        for name, value in read_plan(path, confinement(options.trust)).items():
            if named.get(name) is None:
                named[name] = value
    return options._replace(plan=PlanOptions(**named))


def with_plan_of(settings: Settings, options: RunOptions) -> Settings:
    """Return the settings with the plan of the options, and nothing of the one that the configuration has."""
    from datalint.config.model import TrainingPlan

    given = {name: value for name, value in options.plan._asdict().items() if value is not None}
    return replace(settings, plan=TrainingPlan(**given))


def with_models(settings: Settings) -> tuple[Settings, Settings, str | None]:
    """Return the settings with the model of the rows as the plan's, those to read the rows with, and a note.

    Rows are counted with the tokenizer of the plan's model if there is one, and their tokens estimated otherwise.

    Raises:
        DatalintError: for a model of which neither a tokenizer nor the sizes are found.
    """
    from datalint.config.model import TrainingPlan
    from datalint.models.architecture import find_architecture
    from datalint.models.find import find_model

    plan = settings.plan or TrainingPlan()
    name = plan.base_model or settings.model
    if name is None:
        return settings, replace(settings, max_length=None), None
    if plan.base_model is None:
        settings = replace(settings, plan=replace(plan, base_model=name))
    confine = settings.files.confine.check
    try:
        find_model(name, confine)
    except DatalintError as error:
        if find_architecture(name, confine) is None:
            raise
        is_folder = Path(name).expanduser().is_dir()
        reason = str(error) if is_folder else f"no tokenizer of {printable(name)} is found; name a folder with --model"
        return settings, replace(settings, model=None, max_length=None), f"tokens are estimated: {reason}"
    return settings, replace(settings, model=name), None


def plan_target(settings: Settings) -> Path:
    """Return the file that a new ``[plan]`` is written to.

    Raises:
        DatalintError: when the file has a plan already.
    """
    path = Path(_NAME) if settings.file is None else Path(settings.file)
    if any(key.startswith("plan.") and settings.line_of(key) for key in settings.origins):
        raise DatalintError(f"{printable(str(path.name))} already has a [plan]; edit it")
    return path


def append_plan(settings: Settings, advice: Advice, options: RunOptions) -> str:
    """Add ``[plan]`` with what is known to the configuration file, or write ``datalint.toml``; return its name.

    Raises:
        DatalintError: when the file has a plan already, or cannot be written.
    """
    from datalint.cli.trust_options import check_outputs
    from datalint.cli.writing import write_atomically
    from datalint.core.files import read_regular

    path = plan_target(settings)
    shown = printable(str(path.name))
    check_outputs(options.trust, [path])
    try:
        before = read_regular(str(path)) if path.exists() else b""
    except OSError as error:
        raise DatalintError(f"cannot read {shown}: {error.strerror}") from None
    table = "tool.datalint.plan" if path.name == "pyproject.toml" else "plan"
    text = plan_text(advice, table)
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    write_atomically(path, before + gap + text.encode())
    return shown


def plan_text(advice: Advice, table: str = "plan") -> str:
    """Return the plan as TOML: what is known, and what is not as comments."""
    from dataclasses import fields

    plan, data = advice.training.plan, advice.data
    known = {field.name: getattr(plan, field.name) for field in fields(plan) if field.name != "models"}
    known["method"] = plan.method or (advice.method if advice.methods else None)
    known["rank"] = plan.rank or (advice.run.rank if advice.run is not None and advice.lora_config else None)
    known = {name.replace("_", "-"): value for name, value in known.items()}
    lines = ["# What the training is for, and how: rules RDY101 to RDY107 compare it with the guide.", f"[{table}]"]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in known.items() if value is not None]
    if plan.models:
        entries = ", ".join(f"{json.dumps(name)} = {json.dumps(result)}" for name, result in plan.models.items())
        lines.append(f"models = {{ {entries} }}")
        known["models"] = plan.models
    lines += [f"# {key} = {example}" for key, example in _OPEN.items() if known.get(key) is None]
    if plan.task is None and data is not None and data.task is not None:
        # Written as a value, it would hide what the data shows later.
        lines.append(f"# task = {json.dumps(data.task)}  # as the data shows; set it where that is wrong")
    return "\n".join(lines) + "\n"
