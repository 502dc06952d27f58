"""The public API for rule authors: everything that a rule imports."""

from datalint.core.columns import Examples, Turns
from datalint.core.finding import Confidence, Factor, Severity
from datalint.core.rule import Hit, Options, Rule, RuleError, Scope, option, rule
from datalint.privacy.display import excerpt, printable, redact
from datalint.records.dataset import Category, Chunk, Dataset, Group, Leak, Review, Text
from datalint.records.difference import difference
from datalint.records.record import FileFacts, Problem, Record
from datalint.support.classes import frozen

__all__ = [
    "Category",
    "Chunk",
    "Confidence",
    "Dataset",
    "Examples",
    "Factor",
    "FileFacts",
    "Group",
    "Hit",
    "Leak",
    "Options",
    "Problem",
    "Record",
    "Review",
    "Rule",
    "RuleError",
    "Scope",
    "Severity",
    "Text",
    "Turns",
    "difference",
    "excerpt",
    "frozen",
    "option",
    "printable",
    "redact",
    "rule",
]
