"""The typed settings of a run, from the configuration file and the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from datalint.config.files import DISK, Files
from datalint.config.values import SettingError, about, setting
from datalint.core.finding import Severity
from datalint.core.kind import Goal, Kind, Task
from datalint.core.table_format import TableFormat
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple

#: What a column of the user's rows may be mapped to.
Meaning = Literal[
    "system",
    "prompt",
    "context",
    "response",
    "chosen",
    "rejected",
    "text",
    "messages",
    "assistant",
    "labels",
    "category",
]
#: A gate's limit as the file writes it: a number, false for none, or a table such as ``{ at-least = 0.9 }``.
RawLimit = (
    float
    | Literal[False]
    | Mapping[Literal["over", "under", "at-least", "at-most", "times-even", "over-share"], float]
    | None
)
#: Shares may miss 1 by this much, which is what rounding each to a whole percent costs a handful of them.
SHARE_TOLERANCE = 0.01
#: A separator: one character but a quote or line break, several signs, or the tab by its name or as it is escaped.
DELIMITER = r"""^(tab|\\t|[^\r\n"'\x00]|[ ]?[^\w\s"'\x00]{2,8}[ ]?)$"""
#: An amount of memory; powers of 1,000, or of 1,024 with an ``i``.
MEMORY = "^([0-9]+(?:\\.[0-9]+)?) ?([kKmMgGtT][iI]?)?[bB]$"


@frozen
class Balance:
    """``[balance]``: the key of a row's category, and the expected shares of its values."""

    field: str | None = setting(None, "key of the category that the balance factor counts")
    expected: Mapping[str, float] = setting({}, "label → share of the examples; shares add up to 1")

    def __post_init__(self) -> None:
        for label, share in self.expected.items():
            if not 0 <= share <= 1:
                raise SettingError(f"must be a share from 0 to 1, not {share:g}", ("expected", label))
        total = sum(self.expected.values())
        if self.expected and round(abs(total - 1), 9) > SHARE_TOLERANCE:
            raise SettingError(f"adds up to {total:g}; shares must add up to 1", ("expected",))


@frozen
class NearDuplicates:
    """``[near-duplicates]``: view, shingle size and similarity threshold."""

    view: Literal["pair", "prompt", "response", "example"] = setting(
        "pair", "what is compared: prompt and response separately, one of the two, or the whole example"
    )
    shingle: str = setting(
        "char-5",
        "the pieces that similarity counts: runs of so many characters or words",
        limits={"pattern": "^(char|word)-[1-9][0-9]?$"},
        form="char-5",
    )
    threshold: float = setting(
        0.7,
        "Jaccard similarity from which on two texts are near-duplicates",
        limits={"exclusiveMinimum": 0, "maximum": 1},
    )


@frozen
class Benchmarks:
    """``[benchmarks]``: what the model will be evaluated on in public, which no training row may contain."""

    paths: tuple[str, ...] = setting((), "files, folders or globs of benchmarks (rule benchmark-contamination)")
    definition: Literal["tulu-3", "gpt-3", "palm", "llama-2"] = setting(
        "tulu-3", "the published definition of contamination"
    )


@frozen
class GateOverride:
    """``[gates.<measure>]``: the user's limits; what is not set comes from the profile."""

    warn: RawLimit = field(default=None, metadata=about("limit from which the gate warns; false for none"))
    fail: RawLimit = field(default=None, metadata=about("limit from which the gate fails; false for none"))


@frozen
class TrainingPlan:
    """``[plan]``: what the model is to be trained for, and how. Rules RDY101 to RDY107 compare it with the guide."""

    goal: Goal | None = setting(None, "row of the guide's table that training is for")
    task: Task | None = setting(None, "what an example asks for; otherwise the data decides")
    knowledge: bool | None = setting(None, "whether the task needs domain knowledge")
    retrievable: bool | None = setting(None, "whether that knowledge can be retrieved at inference time")
    format_or_style: bool | None = setting(None, "whether it is about output format or style")
    prompt_solves: bool | None = setting(None, "whether a prompt solves it, by its results")
    latency_or_cost: bool | None = setting(None, "whether it is about latency or cost")
    base_model: str | None = setting(None, "model to train: a name of the Hugging Face hub, or a folder")
    models: Mapping[str, float | Literal[False]] = setting(
        {}, "models considered → result with a good prompt, in the metric; false for none yet"
    )
    prompt_baseline: float | None = setting(None, "result of the base model with a good prompt, in the metric")
    metric: str | None = setting(None, "evaluation metric, such as exact-match")
    method: Literal["full", "lora", "qlora", "prompt-tuning"] | None = setting(None, "how to train")
    rank: int | None = setting(None, "rank of LoRA and QLoRA", limits={"minimum": 1, "maximum": 65536})
    epochs: float | None = setting(None, "passes over the data", limits={"exclusiveMinimum": 0, "maximum": 10000})
    batch: int | None = setting(None, "rows of an optimizer step", limits={"minimum": 1, "maximum": 1_000_000})
    micro_batch: int | None = setting(
        None, "rows on the GPU at once; 1 where it is not set", limits={"minimum": 1, "maximum": 1_000_000}
    )
    checkpointing: bool | None = setting(None, "whether activations are recomputed, as is usual, to save memory")
    stack: Literal["stock", "fused"] | None = setting(
        None, "software: Hugging Face as it is, or with a fused loss (Unsloth, Liger, torchtune)"
    )
    precision: Literal["bf16", "mixed", "fp32"] | None = setting(
        None, "weights, gradients and optimizer: all in bf16, with a copy of the weights in fp32, or all in fp32"
    )
    head: bool | None = setting(None, "whether the output layer (lm_head) has an adapter, too")
    gpu: str | None = setting(None, "GPU: a name, such as RTX 4090, or its memory, such as 24GB")
    gpus: int | None = setting(
        None, "GPUs that share weights and optimizer (FSDP, ZeRO-3)", limits={"minimum": 1, "maximum": 10_000}
    )


class Selection(NamedTuple):
    """One layer of rule selection; ``select`` replaces what lies below, None leaves it."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@frozen
class Settings:
    """All settings of a run. Each field made with ``setting`` is a key of the file, in kebab case.

    ``command_line`` is the selection layer over the file's. ``root`` is the absolute folder that globs in
    ``exclude`` and ``per-file-ignores`` are relative to: the file's, or the working folder without one; ``file`` is
    the absolute path of the file, None without one. Paths in ``data``, ``eval``, ``schema`` and ``plugins`` stand as
    they are to be opened. ``origins`` tells where a key was set, by dotted key. ``files`` is where the configuration
    was read from, and where the baseline is. ``schema_files`` are the paths of the schemas.
    """

    profile: Literal["guide", "strict", "minimal"] = setting("guide", "the gates to judge by")
    fail_on: Literal["fail", "warn"] = setting("fail", "the verdict from which on the exit code is 1")
    target: tuple[str, ...] | str = setting(
        (), "trainers and providers that the data is for: names, or paths of target files (rules FMT701 to FMT704)"
    )
    targets: Mapping[str, str] = setting({}, "name → path of a target file")
    data: tuple[str, ...] = setting((), "files or globs to check when the command line names none")
    exclude: tuple[str, ...] = setting((), "globs of files and folders to leave out")
    eval: tuple[str, ...] | str | Literal[False] | None = setting(
        None, "evaluation files or globs; false for a project that evaluates by other means"
    )
    kind: Kind | None = setting(None, "what the data is for, which decides its limits; otherwise names and rows decide")
    group_by: tuple[str, ...] = setting(
        (), "keys whose value (a document, a user) must stay on one side of the split (rule leaked-group)"
    )
    schema: str | None = setting(None, "JSON Schema that every row must fit (rule schema-violation)")
    model: str | None = setting(
        None, "model that the rows are for: a folder with its tokenizer, or a name (rules FMT801 to FMT810, VOL004)"
    )
    max_length: int | None = setting(
        None, "tokens that the trainer reads of an example; needs a model", limits={"minimum": 1}
    )
    select: tuple[str, ...] | None = setting(None, "rules to run instead of all: codes, prefixes, names, ALL")
    extend_select: tuple[str, ...] = setting((), "additional rules to run")
    ignore: tuple[str, ...] = setting((), "rules not to run")
    per_file_ignores: Mapping[str, tuple[str, ...]] = setting({}, "glob → rules not to report in such files")
    severity: Mapping[str, Severity] = setting({}, "rule, prefix or ALL → severity of its findings")
    rules: Mapping[str, Mapping[str, Any]] = setting({}, "rule → its options")
    plugins: tuple[str, ...] = setting((), "Python files with rules; they run only after --allow-local-plugins")
    columns: Mapping[Meaning, str] = setting({}, "meaning → key, for rows of no known shape")
    delimiter: str | None = setting(
        None,
        "separator of CSV, TSV and text files: a character, several signs, or tab; detected where it is not set",
        limits={"pattern": DELIMITER},
        form=";",
    )
    quote: Literal['"', "'", "none"] | None = setting(
        None, "quote character of CSV and TSV files, or none; detected where it is not set"
    )
    header: bool | None = setting(
        None, "whether tables begin with the names of the columns (CSV, TSV, workbooks); detected where it is not set"
    )
    balance: Balance = field(default_factory=Balance, metadata=about("what balance is measured against"))
    benchmarks: Benchmarks = field(
        default_factory=Benchmarks, metadata=about("benchmarks that training rows are compared with")
    )
    near_duplicates: NearDuplicates = field(
        default_factory=NearDuplicates, metadata=about("what counts as a near-duplicate")
    )
    plan: TrainingPlan | None = setting(
        None, "the plan of the training run, which rules RDY101 to RDY107 compare with the guide"
    )
    gates: Mapping[str, GateOverride] = setting({}, "measure → limits over the profile's")
    max_findings: int = setting(
        100, "findings that the text report shows without --full, 0 for no bound", limits={"minimum": 0}
    )
    max_memory: str | None = setting(
        None,
        "memory that a run may take, all processes together: rows that need more go to files, and a run that needs "
        "more even so stops before it starts",
        limits={"pattern": MEMORY},
        form="4GB",
    )

    command_line: Selection = field(default_factory=Selection)
    root: str = "."
    file: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    files: Files = field(default=DISK)
    schema_files: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        texts = self.columns.keys() - {"category"}
        learned = ("prompt", "response", "text", "messages")
        if texts and texts.isdisjoint(learned) and not texts >= {"chosen", "rejected"}:
            raise SettingError("maps no text; map prompt, response, text or messages to a key as well", ("columns",))
        mapped = self.columns.get("category")
        if mapped is not None and self.balance.field not in (None, mapped):
            raise SettingError("names another key than columns.category; set one of them", ("balance", "field"))

    @property
    def table(self) -> TableFormat:
        """How CSV and TSV files are written, as far as it is not to be detected."""
        tab = self.delimiter in ("tab", "\\t")
        return TableFormat("\t" if tab else self.delimiter, self.quote, self.header)

    @property
    def category(self) -> str | None:
        """The key of a row's category, where one is configured."""
        return self.balance.field or self.columns.get("category")

    def line_of(self, key: str) -> str | None:
        """Return ``file:line`` of a dotted key that a configuration file sets, None for one that it does not set."""
        origin = self.origins.get(key, "")
        return origin if re.search(r":\d+$", origin) else None

    @property
    def memory_limit(self) -> int | None:
        """The bytes of ``max-memory``."""
        found = re.fullmatch(MEMORY, self.max_memory or "")
        if not found:
            return None
        prefix = (found[2] or "").lower()
        base = 1024 if prefix.endswith("i") else 1000
        return int(float(found[1]) * base ** " kmgt".index(prefix[:1] or " "))

    @property
    def target_names(self) -> tuple[str, ...]:
        """The names of ``target``, of which a file may write a single one without a list."""
        return (self.target,) if isinstance(self.target, str) else self.target

    @property
    def selections(self) -> tuple[Selection, Selection]:
        """The file's layer of rule selection, then the command line's."""
        return Selection(self.select, self.extend_select, self.ignore), self.command_line
