"""Lists of what models answered, for rules."""

from __future__ import annotations

from datalint.support.model_samples import are_model_samples as are_model_samples
