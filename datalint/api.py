"""What a rule author imports, and nothing else."""

from datalint.core.classes import frozen
from datalint.core.columns import Examples, Turns
from datalint.core.dataset import Category, Chunk, Dataset, Group, Leak, Review, Text
from datalint.core.finding import Factor, Severity
from datalint.core.record import FileFacts, Problem, Record
from datalint.core.rule import Hit, Options, Rule, RuleError, Scope, option, rule
from datalint.privacy.display import excerpt, printable, redact

__all__ = [
    "Category",
    "Chunk",
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
    "excerpt",
    "frozen",
    "option",
    "printable",
    "redact",
    "rule",
]
