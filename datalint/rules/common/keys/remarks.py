"""Rows that are remarks about a file, for rules."""

from __future__ import annotations

from datalint.support.remarks import is_canary as is_canary
from datalint.support.remarks import is_remark as is_remark
