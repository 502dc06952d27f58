"""What dataset rules see: the merged whole, and what the analyses found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from datalint.core.finding import Factor
from datalint.core.kind import TEXT
from datalint.core.needs import GUARDED, UndeclaredNeedError
from datalint.privacy.display import printable
from datalint.records.analyses import Analyses, Family, FileFinder, Group, Nearby, OtherValues, Review, RowReader, Text
from datalint.records.category import Category
from datalint.records.chunk import Seen
from datalint.records.leaks import Contamination, Leak, Paraphrase, SharedGroup
from datalint.records.ties import tied_rows
from datalint.records.unasked import to_join
from datalint.support.classes import frozen

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import polars as pl
    from numpy.typing import NDArray

    from datalint.advise.facts import Training
    from datalint.core.kind import Kind
    from datalint.core.targets import TargetResult
    from datalint.records.record import FileFacts


@frozen
class Dataset:
    """The merged dataset, as dataset rules see it. Frames hold no text: :meth:`texts` reads the rows it is asked for.

    ``examples`` has a row for each record read, in file and line order, with ``file`` (index into ``files``),
    ``line``, ``row``, ``shape``, ``roles``, ``valid`` (a known shape and no error-severity format finding), ``exact``,
    ``normalized``, ``context``, ``answer`` (64-bit content hashes; see docs/architecture.md),
    ``prompt_chars``, ``response_chars``, ``tokens`` and ``response_tokens`` (estimates; with a model, ``tokens`` is its
    count), ``has_system``, ``has_tools``, ``has_tool_calls``, ``has_media``, ``is_preference``. ``evaluation`` has the
    same columns.

    ``measures`` are the numbers that gates judge, by name; ``kind`` is what the data is for, ``kind_words`` a note on
    what in the rows decided it, and ``limits`` the warn and fail limit of each measure for that kind, or for an
    evaluation set if its factor is one of ``eased``. ``measured`` is
    the merged result of the rule's own measure function, None without one. ``rules_run`` are the codes of the dataset
    rules that run, so that one can leave to another what both would say. ``nearby`` looks for files that rows name.
    ``needs`` are those that the rule declares (None for the engine itself): reading what another need provides raises
    :class:`~datalint.core.needs.UndeclaredNeedError`.
    """

    examples: pl.DataFrame
    evaluation: pl.DataFrame | None
    files: list[FileFacts]
    evaluation_files: list[FileFacts]
    analyses: Analyses
    rows: RowReader
    measures: Mapping[str, float | int | None] = field(default_factory=dict)
    limits: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    kind: Kind = "sft"
    kind_words: str = ""
    eased: frozenset[Factor] = frozenset()
    needs: frozenset[str] | None = None
    measured: Any = None
    rules_run: frozenset[str] = frozenset()
    nearby: FileFinder | None = None
    _seen: dict[Callable[[Dataset], Any], Any] = field(default_factory=dict)

    def once(self, look: Callable[[Dataset], Seen]) -> Seen:
        """Return ``look(data)``, computed once for all rules that ask for it; each declares what it needs."""
        if look not in self._seen:
            self._seen[look] = look(self)
        found: Seen = self._seen[look]
        return found

    @property
    def size(self) -> int:
        """Number of training examples read."""
        return self.examples.height

    @property
    def are_documents(self) -> bool:
        """Whether the data is plain text that no name of a file says is for training.

        Most of such files are one side of a translation, a book or a document.
        """
        return self.kind == TEXT and all(
            facts.has_texts and re.search(r"(?i)train", facts.path) is None for facts in self.files
        )

    @property
    def to_join(self) -> str:
        """With what all rows are to be joined before they are examples: answers with their prompts; or empty."""
        return to_join(self.examples)

    @property
    def ties(self) -> NDArray[np.bool_]:
        """Which rows are preferences without a better answer, which teach nothing."""
        return tied_rows(self.examples, self.kind)

    @property
    def exact(self) -> list[Group]:
        """Rows with the same content, whatever the order of keys."""
        return self.analyses.exact

    @property
    def normalized(self) -> list[Group]:
        """Rows with the same text apart from case, width and white space, copies left out."""
        return self.analyses.normalized

    @property
    def other_values(self) -> tuple[OtherValues, ...]:
        """Rows with the texts of another one that differ in a label or in the number of a run, and are no copies."""
        return self.analyses.other_values

    @property
    def near(self) -> list[Group]:
        """Clusters of verified near-duplicates (need ``near``)."""
        self._check("near")
        return self.analyses.near

    @property
    def families(self) -> list[Family]:
        """Template families, the largest first (need ``families``)."""
        self._check("families")
        return self.analyses.families

    @property
    def repeated_prompts(self) -> list[Group]:
        """Rows with one prompt and different responses (need ``prompts``)."""
        self._check("repeated_prompts")
        return self.analyses.repeated_prompts

    @property
    def conflicts(self) -> list[Group]:
        """Rows with one prompt and responses that contradict each other (need ``conflicts``)."""
        self._check("conflicts")
        return self.analyses.conflicts

    @property
    def leaks(self) -> list[Leak]:
        """Evaluation rows that the training set contains too (need ``leaks``)."""
        self._check("leaks")
        return self.analyses.leaks

    @property
    def brief_leaks(self) -> list[Leak]:
        """Leaks of labelled texts and of formulas of a few words, which are not among ``leaks`` (need ``leaks``)."""
        self._check("brief_leaks")
        return self.analyses.brief_leaks

    @property
    def category(self) -> Category | None:
        """The category key and its counts (need ``category``)."""
        self._check("category")
        return self.analyses.category

    @property
    def evaluation_category(self) -> Category | None:
        """The same key in the evaluation set, None without one (need ``category``)."""
        self._check("evaluation_category")
        return self.analyses.evaluation_category

    @property
    def review(self) -> Review | None:
        """The field that marks rows as reviewed (need ``review``)."""
        self._check("review")
        return self.analyses.review

    @property
    def shared_groups(self) -> list[SharedGroup]:
        """Groups of rows, by the keys that the user names, that are in both splits (need ``groups``)."""
        self._check("shared_groups")
        return self.analyses.shared_groups

    @property
    def near_prompts(self) -> list[Leak]:
        """Training rows whose prompt is nearly an evaluation row's, with another answer (need ``near-prompts``)."""
        self._check("near_prompts")
        return self.analyses.near_prompts

    @property
    def paraphrases(self) -> list[Paraphrase]:
        """Training rows that ask what an evaluation row asks, in other words (need ``embeddings``)."""
        self._check("paraphrases")
        return self.analyses.paraphrases

    @property
    def contamination(self) -> Contamination | None:
        """Benchmark examples that the training set contains (need ``benchmark``)."""
        self._check("contamination")
        return self.analyses.contamination

    @property
    def provenance(self) -> tuple[str, ...]:
        """Files next to the data that say under which licence it is (need ``provenance``)."""
        self._check("provenance")
        return self.analyses.provenance

    @property
    def evaluation_nearby(self) -> Nearby | None:
        """A file near the data that may be its evaluation set, None for none (need ``held-out-evaluation``)."""
        self._check("evaluation_nearby")
        return self.analyses.evaluation_nearby

    @property
    def files_alike(self) -> int:
        """How many files have its columns in the folder of the data's only file, 0 if it is no part of many."""
        return self.analyses.files_alike

    @property
    def files_of_classes(self) -> tuple[str, ...]:
        """The names of the files next to the data's only file that have its columns, and other values than the only
        one of its category."""
        category = self.category
        if category is None or len(category.counts) != 1:
            return ()
        return self.analyses.files_of_classes.get(next(iter(category.counts)).strip().casefold(), ())

    @property
    def training(self) -> Training | None:
        """The plan of the training run (need ``plan``)."""
        self._check("training")
        return self.analyses.training

    @property
    def targets(self) -> tuple[TargetResult, ...]:
        """What each target does with the dataset (need ``target``)."""
        self._check("targets")
        return self.analyses.targets

    def _check(self, attribute: str) -> None:
        need = GUARDED[attribute]
        if self.needs is not None and need not in self.needs:
            raise UndeclaredNeedError(f'reads data.{attribute} without needs={{"{need}"}}')

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return the texts of ``rows`` (indices into ``examples``) in their order, read again from the source."""
        return self.rows.texts(rows)

    def records(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """Return the parsed records of ``rows`` in their order, read again from the source."""
        return self.rows.records(rows)

    def has_file(self, file: int, name: str) -> bool | None:
        """Return whether a file that rows of ``file`` (index into ``files``) name is next to it, without opening it.

        None where that can't be known: the data is no local file, the name leads out of its folder (or that of
        ``--confine``) or into a folder that is not there, or too many names were asked for.
        """
        return None if self.nearby is None else self.nearby.has(file, name)

    def difference(self, one: int, other: int) -> str:
        """Return the words in which two rows differ, for people: ``…capital of [France → Spain]…``."""
        from datalint.records.difference import difference

        first, second = self.texts((one, other))
        parts = zip((first.prompt, first.response), (second.prompt, second.response), strict=True)
        return "; ".join(difference(a, b) for a, b in parts if a != b)

    def where(self, row: int) -> str:
        """Return ``file:line`` of a row, or ``file row N`` where a container has no lines, for messages."""
        record = self.examples.row(row, named=True)
        name = printable(self.files[record["file"]].path)
        return f"{name} row {record['row']}" if record["line"] is None else f"{name}:{record['line']}"

    def to_pandas(self) -> pd.DataFrame:
        """Return ``examples`` as a pandas frame (imports pandas on first use)."""
        return self.examples.to_pandas()
