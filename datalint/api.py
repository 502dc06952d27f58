"""The public API for rule authors: everything that a rule imports."""

from datalint.core.columns import CALL_LETTER, ROLE_LETTERS, UNKNOWN_LETTER, Examples, Turns
from datalint.core.declaring import RuleError, rule
from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.core.finding import Confidence, Factor, Severity
from datalint.core.fix import Edit, Fix, Rename, Replace
from datalint.core.rule import Hit, Options, Policy, Rule, Scope, option
from datalint.core.staged import contains_many, has_any, passing
from datalint.privacy.display import excerpt, printable, redact
from datalint.privacy.json_paths import json_path
from datalint.records.analyses import Family, Group, Review, Text
from datalint.records.category import Category
from datalint.records.chunk import Chunk
from datalint.records.dataset import Dataset
from datalint.records.difference import difference, shared_turns
from datalint.records.effective import repeated_rows, silent_rows
from datalint.records.empty_rows import empty_rows
from datalint.records.leaks import Benchmark, Contamination, Leak, Overlap, Paraphrase, SharedGroup
from datalint.records.places import MOST_RELATED, Places, listed, others
from datalint.records.record import FileFacts, Problem, Record
from datalint.records.rendering import Flaw, Rendering
from datalint.records.structure import Alike, Node, Structure
from datalint.records.treatment import Fault, Ignored, Treatment
from datalint.support.classes import frozen, mutable
from datalint.support.json_schemas import compile_schema
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.feedback_keys import is_feedback
from datalint.support.names.model_names import is_model
from datalint.support.names.revised_keys import is_revised
from datalint.support.names.speakers import speaker_role
from datalint.support.names.thought_keys import REASONING_KEYS, is_thought
from datalint.support.numbers import counted, percent, short, similar

__all__ = [
    "CALL_LETTER",
    "MOST_RELATED",
    "REASONING_KEYS",
    "ROLE_LETTERS",
    "UNKNOWN_LETTER",
    "Alike",
    "Benchmark",
    "Category",
    "Chunk",
    "Confidence",
    "Contamination",
    "DatalintError",
    "Dataset",
    "Edit",
    "Examples",
    "Factor",
    "Family",
    "Fault",
    "FileFacts",
    "Fix",
    "Flaw",
    "Group",
    "Hit",
    "Ignored",
    "Leak",
    "NamedTuple",
    "Node",
    "Options",
    "Overlap",
    "Paraphrase",
    "Places",
    "Policy",
    "Problem",
    "Record",
    "Rename",
    "Rendering",
    "Replace",
    "Review",
    "Rule",
    "RuleError",
    "Scope",
    "Severity",
    "SharedGroup",
    "Structure",
    "Text",
    "Treatment",
    "Turns",
    "compile_schema",
    "contains_many",
    "counted",
    "difference",
    "empty_rows",
    "excerpt",
    "frozen",
    "has_any",
    "is_feedback",
    "is_model",
    "is_revised",
    "is_thought",
    "json_path",
    "listed",
    "mutable",
    "option",
    "others",
    "passing",
    "percent",
    "printable",
    "read_regular",
    "redact",
    "repeated_rows",
    "rule",
    "shared_turns",
    "short",
    "silent_rows",
    "similar",
    "speaker_role",
    "unreadable",
]
