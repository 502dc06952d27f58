"""Gates, factor scores and the verdict: numbers in, judgement out."""

from datalint.verdict.judging import judge

__all__ = ["judge"]
