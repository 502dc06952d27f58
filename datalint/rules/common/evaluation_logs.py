"""Rows of the logs of programs that evaluate models, for rules."""

from __future__ import annotations

from datalint.support.evaluation_logs import evaluation_program as evaluation_program
