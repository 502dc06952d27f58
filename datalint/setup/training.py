"""The plan of the training run, with the model and the GPU that it names looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.advise.facts import Training
from datalint.advise.gpus import find_gpu
from datalint.core.errors import DatalintError
from datalint.models.architecture import find_architecture

if TYPE_CHECKING:
    from datalint.config.model import Settings

#: The options of ``advise`` that set what is looked up.
_OPTIONS: Final = {"plan.gpu": "--gpu", "plan.base-model": "--model"}


def find_training(settings: Settings) -> Training | None:
    """Return the plan of the settings, None if they have none.

    Raises:
        DatalintError: for a GPU that cannot be, or a model whose configuration cannot be read; with the line.
    """
    plan = settings.plan
    if plan is None:
        return None
    try:
        gpu = None if plan.gpu is None else find_gpu(plan.gpu)
    except DatalintError as error:
        raise DatalintError(_located(settings, "plan.gpu", error)) from None
    try:
        model = None if plan.base_model is None else find_architecture(plan.base_model, settings.files.confine.check)
    except DatalintError as error:
        raise DatalintError(_located(settings, "plan.base-model", error)) from None
    return Training(plan=plan, model=model, gpu=gpu, max_length=settings.max_length)


def _located(settings: Settings, key: str, error: DatalintError) -> str:
    line = settings.line_of(key)
    if line is None:
        return f"{_OPTIONS[key] if settings.origins.get(key) == 'command line' else key}: {error}"
    return f"{line}: {key}: {error}"
