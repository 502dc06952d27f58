"""Advice as sections of paragraphs and tables, which every renderer shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from datalint.advise.checks import ESTIMATED
from datalint.advise.sources import GUIDE_TABLE, GUIDE_TREE, REFERENCES, cited_sources
from datalint.privacy.display import Shown, printable
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.advise.advice import Advice
    from datalint.advise.fit import MethodFit
    from datalint.advise.memory import Interval

_NAMES = {"full": "full fine-tuning", "lora": "LoRA", "qlora": "QLoRA", "prompt-tuning": "prompt tuning"}
#: Recommendations to train nothing.
_UNTRAINED: Final = ("prompt", "retrieval", "none")
_ANSWERS = {True: "Yes: ", False: "No: ", None: ""}


class AdviceTable(NamedTuple):
    """Columns and rows of cells."""

    columns: tuple[Shown, ...]
    rows: tuple[tuple[Shown, ...], ...]


class AdviceSection(NamedTuple):
    """A title with lines, a table, and lines of code; each line has its source, or an empty text."""

    title: str
    lines: tuple[tuple[Shown, Shown], ...] = ()
    table: AdviceTable | None = None
    code: str = ""


def advice_sections(advice: Advice) -> Iterator[AdviceSection]:
    """Yield the sections of the report in their order, the sources last."""
    return _with_references(_sections(advice))


def _sections(advice: Advice) -> Iterator[AdviceSection]:
    yield _path(advice)
    yield (
        AdviceSection("Facts of the data", _said(advice.statements))
        if advice.statements
        else AdviceSection("Facts of the data", ((printable("Not assessed: no data was given."), printable("")),))
    )
    yield _patterns(advice)
    if advice.methods:
        yield _methods(advice)
        yield _terms(advice)
        if advice.training.gpu is None:
            yield _gpus(advice)
        yield AdviceSection("Where the guide simplifies", _said(advice.notes))
    if advice.settings:
        yield _settings(advice)
    if advice.lora_config:
        yield AdviceSection("To paste", code=advice.lora_config)
    if advice.tokens is not None:
        yield _costs(advice)
    if advice.missing:
        yield AdviceSection(
            "Not assessed",
            table=_table(("what", "what to supply"), [(each.what, each.supply) for each in advice.missing]),
        )


def _with_references(found: Iterator[AdviceSection]) -> Iterator[AdviceSection]:
    """Yield the sections, and one that explains the names of their sources."""
    names: dict[str, None] = {}
    for section in found:
        texts = [source for _, source in section.lines]
        texts += [cell for row in section.table.rows for cell in row] if section.table is not None else []
        names |= dict.fromkeys(name for text in texts for name in cited_sources(text))
        yield section
    if names:
        yield AdviceSection(
            "Sources", tuple((printable(f"{name}: {REFERENCES[name]}"), printable("")) for name in names)
        )


def range_of(size: Interval) -> str:
    """Return a range of GB as it is shown: ``5.4–7.8``."""
    low, high = (f"{end:,.1f}" if end < 100 else f"{end:,.0f}" for end in (size.low, size.high))
    return f"{low}–{high}"


def _path(advice: Advice) -> AdviceSection:
    decision = advice.decision
    lines = [(f"{step.words} {_ANSWERS[step.answer]}{step.because}.", step.source) for step in decision.path]
    if decision.open is None:
        lines.append((f"→ {decision.leaf}", GUIDE_TREE))
    if decision.row is not None:
        row = decision.row
        says = "Yes." if row.fine_tune else f"No: {row.instead}."
        lines.append((f"Fine-tune for {row.words}? {says}", GUIDE_TABLE))
    lines += [(f"What would change it: {change}", GUIDE_TREE) for change in decision.changes]
    return AdviceSection(
        "The path through the guide", tuple((printable(words), printable(source)) for words, source in lines)
    )


def _patterns(advice: Advice) -> AdviceSection:
    rows = [(each.name, each.status, each.words, each.instead) for each in advice.patterns]
    return AdviceSection("Anti-patterns of the guide", table=_table(("anti-pattern", "status", "why", "instead"), rows))


def _methods(advice: Advice) -> AdviceSection:
    run, gpu, model = advice.run, advice.training.gpu, advice.training.model
    assert run is not None
    assert model is not None
    columns = ["method", "stock Hugging Face, GB", "fused loss, GB", "the guide"]
    rows = []
    for each in advice.methods:
        cells = [_NAMES[each.method], _stack(each.stock.total), _stack(each.fused.total), each.guide]
        rows.append((*cells, *([each.fit or ""] if gpu is not None else [])))
    if gpu is not None:
        columns.append(f"{gpu.name} ({gpu.usable:g} GB)" if f"{gpu.usable:g}" not in gpu.name else gpu.name)
    is_estimated = advice.data is not None and not advice.data.exact
    guessed = f" (estimated, ±{100 * ESTIMATED:.0f} %)" if is_estimated else ""
    longest = f"{counted(run.tokens, 'token')}{guessed}"
    about = (
        f"{model.name}, {model.parameters / 1e9:.2f} billion parameters; {longest} in the longest row after "
        f"truncation, {counted(run.batch, 'row')} at once, rank {run.rank}, "
        f"{'with' if run.checkpointing else 'without'} checkpointing{', two sides of each row' if run.pairs else ''}"
        f"{f', on each of {run.gpus} GPUs' if run.gpus > 1 else ''}. "
        "Each cell has the interval and the likely value."
    )
    lines = ((printable(about), printable("published measurements")),)
    return AdviceSection("Memory of each method", lines, _table(tuple(columns), rows))


def _stack(size: Interval) -> str:
    likely = f"{size.likely:,.1f}" if size.likely < 100 else f"{size.likely:,.0f}"
    return f"{range_of(size)} ({likely})"


def _terms(advice: Advice) -> AdviceSection:
    chosen = _chosen(advice)
    rows = []
    for stock, fused in zip(chosen.stock.terms, chosen.fused.terms, strict=True):
        rows.append((stock.name, *(f"{each.size.likely / 1e9:,.2f}" for each in (stock, fused)), stock.source))
    columns = (f"term of {_NAMES[chosen.method]}", "stock, GB", "fused, GB", "source")
    return AdviceSection("What the memory is made of", table=_table(columns, rows))


def _gpus(advice: Advice) -> AdviceSection:
    from datalint.advise.fit import on_gpus

    fits = {each.method: on_gpus(each) for each in advice.methods}
    names = [_NAMES[method] for method in fits]
    rows = [
        (gpu.name, f"{gpu.usable:g}", *(found[at][1] for found in fits.values()))
        for at, (gpu, _) in enumerate(next(iter(fits.values())))
    ]
    return AdviceSection("GPUs", table=_table(("GPU", "usable GB", *names), rows))


def _settings(advice: Advice) -> AdviceSection:
    rows = [
        (each.name, each.value, each.recommended, each.because, each.disagreement, each.source)
        for each in advice.settings
    ]
    columns = ("setting", "start with", "sources", "because", "where sources disagree", "source")
    assert advice.method is not None
    anyway = ", if you train all the same" if advice.choice in _UNTRAINED else ""
    return AdviceSection(f"Settings for {_NAMES[advice.method]}{anyway}", table=_table(columns, rows))


def _costs(advice: Advice) -> AdviceSection:
    assert advice.tokens is not None
    lines = [(f"{advice.tokens:,.0f} tokens pass through the model, and are paid for, over all epochs.", "this data")]
    if (hours := advice.time) is not None:
        lines.append((f"{_hours(hours.low, hours.high)} on one GPU.", hours.source))
    for each, stale in advice.costs:
        price = f"${each.low:,.2f}" if each.low == each.high else f"${each.low:,.2f} to ${each.high:,.2f}"
        old = "; stale, prices move" if stale else ""
        lines.append((f"{each.what}: {price}, prices of {each.as_of}{old}.", each.source))
    if not advice.costs and hours is not None:
        lines.append(("No price is known for this model and GPU; multiply the tokens or the hours by yours.", ""))
    return AdviceSection("Time and price", tuple((printable(words), printable(source)) for words, source in lines))


def _hours(low: float, high: float) -> str:
    if high < 1:
        ends, unit = [f"{max(round(each * 60), 1)}" for each in (low, high)], "minutes"
    else:
        ends, unit = [f"{each:,.1f}" for each in (low, high)], "hours"
    words = " to ".join(dict.fromkeys(ends))
    return f"{words} {unit.removesuffix('s') if words == '1' else unit}"


def _chosen(advice: Advice) -> MethodFit:
    return next((each for each in advice.methods if each.method == advice.method), advice.methods[1])


def _said(statements: tuple[tuple[str, str], ...]) -> tuple[tuple[Shown, Shown], ...]:
    return tuple((printable(words), printable(source)) for words, source in statements)


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> AdviceTable:
    return AdviceTable(tuple(map(printable, columns)), tuple(tuple(map(printable, row)) for row in rows))
