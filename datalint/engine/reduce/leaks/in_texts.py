"""The analyses that compare every training text with an evaluation set or a benchmark, as far as rules need them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from datalint.engine.reduce.leaks.second_reading import Scan, read_again
from datalint.engine.reduce.leaks.terms import without_other_terms
from datalint.records.leaks import Contamination, Leak, Paraphrase
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged


class InTexts(NamedTuple):
    """Results of a second reading of the training rows."""

    near_prompts: list[Leak]
    paraphrases: list[Paraphrase]
    contamination: Contamination | None


def find_in_texts(
    training: Merged,
    held: Merged | None,
    readers: tuple[Reader, Reader | None],
    plan: Plan,
    leaks: Sequence[Leak],
    benchmarks: tuple[Merged, Reader] | None,
) -> InTexts:
    """Read the training rows once more, if anything that ``plan.needs`` names has to be looked for in their texts."""
    wanted = plan.needs - plan.missing.keys()
    reader, evaluation = readers
    scans: list[Scan] = []
    prompts = paraphrases = contamination = None
    if held is not None and evaluation is not None and "near-prompts" in wanted:
        from datalint.engine.reduce.leaks.near_prompts import PromptScan

        prompts = PromptScan(training, held, (reader, evaluation), plan.near, leaks)
        scans.append(prompts)
    if held is not None and evaluation is not None and "embeddings" in wanted:
        from datalint.engine.reduce.leaks.paraphrases import ParaphraseScan

        paraphrases = ParaphraseScan(evaluation, held.examples.height, {leak.training for leak in leaks})
        scans.append(paraphrases)
    if benchmarks is not None and "benchmark" in wanted:
        from datalint.engine.reduce.contamination.definitions import DEFINITIONS
        from datalint.engine.reduce.contamination.scan import ContaminationScan

        contamination = ContaminationScan(*benchmarks, DEFINITIONS[plan.contamination])
        scans.append(contamination)
    read_again(reader, training.examples, scans)
    near = [] if prompts is None else prompts.finish()
    if near and evaluation is not None:
        near = without_other_terms(near, training.examples, (reader, evaluation))
    known = {leak.training for leak in near}
    return InTexts(
        near_prompts=near,
        paraphrases=[] if paraphrases is None else [each for each in paraphrases.found if each.training not in known],
        contamination=None if contamination is None else contamination.finish(),
    )
