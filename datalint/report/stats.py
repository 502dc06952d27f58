"""Reports of the figures of a dataset: text for one screen, JSON and CSV. The page is in ``report.html.stats``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from datalint.records.places import listed
from datalint.report.inert import inert, to_json_document
from datalint.support.numbers import counted, percent

if TYPE_CHECKING:
    from datalint.stats.figures import Spread, Stats, TrainingCost

SCHEMA: Final = "datalint-stats/1"
#: The error of estimated tokens in nine of ten files, as docs/stats.md has it.
ERROR: Final = "13 %"
_INDENT: Final = "  "
_LABEL: Final = 12
_BAR: Final = 24
_LISTED: Final = 5
_PATH: Final = 24
_WIDTH: Final = 80
#: The share of examples from which a language is named.
_LEAST_SHARE: Final = 0.01


def stats_lines(stats: Stats) -> Iterator[str]:
    """Yield the report as lines of at most 80 characters, apart from long names."""
    return map(inert, _lines(stats))


def _lines(stats: Stats) -> Iterator[str]:
    names = ", ".join(_tail(each.path) for each in stats.files[:2]) + (" …" if len(stats.files) > 2 else "")
    yield f"{names}: {counted(stats.rows, 'example')}{f', {stats.kind}' if stats.rows else ''}"
    refused = sum(each.refused for each in stats.files)
    if refused:
        yield _row("refused", f"{counted(refused, 'row')} could not be read; datalint check says why")
    if not stats.rows:
        return
    yield from _contents(stats)
    yield ""
    yield from _sizes(stats)
    yield ""
    yield from _lengths(stats)
    yield from _packing(stats)
    if stats.steps is not None:
        yield _row("steps", f"{stats.steps:,}")
    yield from _costs(stats)


def _contents(stats: Stats) -> Iterator[str]:
    """Yield what the examples are and have."""
    yield _row("shapes", _shares(stats.shapes, stats.rows))
    if stats.roles:
        roles = ", ".join(f"{count:,} {name}" for name, count in stats.roles.items())
        yield _row("turns", f"{roles}; {_turns(stats.turns, stats.rows)}")
    if stats.with_system:
        prompts = counted(stats.system_prompts, "different prompt")
        yield _row("system", f"{stats.with_system:,} examples ({_share(stats.with_system, stats.rows)}), {prompts}")
    if stats.with_tools or stats.with_tool_calls:
        yield _row("tools", f"declared in {stats.with_tools:,} examples, called in {stats.with_tool_calls:,}")
    if stats.languages:
        yield from _languages(stats)
    for label, count in (("media", stats.with_media), ("preferences", stats.preferences)):
        if count:
            yield _row(label, f"{count:,} examples ({_share(count, stats.rows)})")
    learned = learned_part(stats)
    distinct = ((stats.prompts, "prompt"), (stats.responses, "response" if learned == "answer" else learned))
    if named := ", ".join(counted(count, what) for count, what in distinct if count):
        yield _row("distinct", named)
    if stats.category is not None:
        yield from _category(stats)


def _sizes(stats: Stats) -> Iterator[str]:
    """Yield the table of characters and tokens, how the latter were counted, and how many of them carry loss."""
    learned = learned_part(stats)
    yield f"{'':14}{'total':>13}{'mean':>9}{'p50':>8}{'p90':>8}{'p95':>8}{'p99':>8}{'max':>9}"
    for what, chars in (("prompt", stats.prompt_chars), (learned, stats.response_chars)):
        if chars.total:
            yield _numbers(f"{what} chars", chars)
    yield _numbers("tokens *" if stats.about else "tokens", stats.tokens)
    share = _share(stats.trained, stats.tokens.total)
    if stats.model:
        loss = f"; {stats.trained:,} carry loss ({share})" if stats.trained or not stats.unmasked else ""
        yield f"{_INDENT}tokens of {_tail(stats.model)}{loss}"
        if stats.unmasked:
            yield f"{_INDENT}the template does not show which part of {counted(stats.unmasked, 'row')} is the answer"
    elif stats.exact:
        loss = f"; {stats.trained:,} carry loss ({share})" if stats.trained else ""
        yield f"{_INDENT}tokens are the ids that the rows have{loss}"
    else:
        how = f"* estimated from characters, for most files within {ERROR}"
        precise = f"For exact numbers {stats.lacks or 'name a model: --model NAME or --model FOLDER'}"
        if stats.trained and learned == "answer":
            yield f"{_INDENT}{how}; {stats.trained:,} in responses"
            yield f"{_INDENT}  ({share}). {precise}"
        else:
            yield f"{_INDENT}{how}."
            yield f"{_INDENT}  {precise}"
    yield from _by_role(stats)


def _packing(stats: Stats) -> Iterator[str]:
    """Yield how a trainer joins rows, and the tokens that it loses."""
    packed = stats.packing
    if packed is None:
        return
    lost = f"{packed.lost:,} tokens lost"
    if packed.dropped:
        lost += f" with {counted(packed.dropped, 'row')} that are too long"
    yield _row("packing", f"{packed.strategy} at {packed.length:,}: {packed.rows:,} rows, {percent(packed.fill)} full")
    yield _row("", lost)


def learned_part(stats: Stats) -> str:
    """Return what the texts are that are no prompts: answers, whole texts, or rows that nothing is known of."""
    return "row" if not stats.roles else "text" if stats.roles.keys() == {"text"} else "answer"


def _lengths(stats: Stats) -> Iterator[str]:
    """Yield the effect of each maximum length, and then that of the one that was asked for."""
    exact = stats.model is not None
    more = f"{'answer cut':>12}{'no answer':>11}" if exact else ""
    yield f"{_INDENT}{'max length':>10}  {'fit':>10}  {'':7}{more} {'tokens left':>12}"
    for each in stats.lengths:
        fit = each.whole / max(stats.rows, 1)
        cut = f"{each.cut_response:>12,}{each.cut_prompt:>11,}" if exact else ""
        row = f"{each.length:>10,}  {each.whole:>10,}  {percent(fit):>7}{cut} {percent(each.tokens_left):>12}"
        yield f"{_INDENT}{row}" + ("" if exact else f"  {'█' * round(fit * _BAR)}")
    if stats.lengths:
        yield _row("99 % fit in", counted(stats.length_99, "token"))
    if (cuts := stats.truncation) is not None:
        yield _row(f"at {cuts.max_length:,}", f"{cuts.whole:,} whole, {cuts.dropped:,} that the template can't render")
        yield _row("", f"{cuts.cut_prompt:,} without their answer, {cuts.cut_response:,} with a cut answer")
        if cuts.cut_end:
            where = "" if stats.unmasked else " after the answer"
            yield _row("", f"{cuts.cut_end:,} cut{where}")


def _by_role(stats: Stats) -> Iterator[str]:
    """Yield the share of the tokens of each role, and of what the template adds."""
    counts = {name: each.tokens.total for name, each in stats.by_role.items()}
    if stats.model is not None and (rest := stats.tokens.total - sum(counts.values())) > 0:
        counts["template"] = rest
    if len(counts) > 1:
        shares = ", ".join(f"{name} {_share(count, stats.tokens.total)}" for name, count in counts.items())
        yield f"{_INDENT}tokens by role: {shares}"


def _languages(stats: Stats) -> Iterator[str]:
    """Yield the languages, the most common first, and how many examples they are of."""
    shown = [(name, count) for name, count in stats.languages if count / stats.identified >= _LEAST_SHARE][:_LISTED]
    named = ", ".join(f"{name} {_share(count, stats.identified)}" for name, count in shown)
    others = sum(count for _, count in stats.languages) - sum(count for _, count in shown)
    rest = stats.identified - sum(count for _, count in stats.languages)
    parts = [part for part in (named, f"others {_share(others, stats.identified)}" * (others > 0)) if part]
    unknown = f"; not known {_share(rest, stats.identified)}" if rest else ""
    of = "" if stats.identified == stats.rows else f" (of {stats.identified:,} examples)"
    yield _row("languages", f"{', '.join(parts) or 'none'}{unknown}{of}"[: _WIDTH - _LABEL - len(_INDENT)])


def _costs(stats: Stats) -> Iterator[str]:
    if stats.costs is None:
        return
    yield _row("cost", f"{stats.about}{stats.billed:,} tokens in {counted_epochs(stats.epochs)}")
    for (provider, as_of, stale), costs in groupby(
        stats.costs, key=lambda cost: (cost.provider, cost.as_of, cost.stale)
    ):
        yield _row("", f"{provider}, prices of {as_of.isoformat()}{' (stale)' if stale else ''}:")
        for cost in costs:
            yield _row("", f"{amount(cost):>10}  {cost.per_million:>6.2f}/M  {cost.model}")
    if not stats.costs:
        yield _row("", "no price is known")


def counted_epochs(epochs: float) -> str:
    """Return ``1 epoch``, ``2.5 epochs``."""
    return "1 epoch" if epochs == 1 else f"{epochs:g} epochs"


def amount(cost: TrainingCost) -> str:
    """Return what training costs, with its currency."""
    return f"${cost.amount:,.2f}" if cost.currency == "USD" else f"{cost.amount:,.2f} {cost.currency}"


def to_dict(stats: Stats) -> dict[str, Any]:
    """Return the figures as plain data, schema ``datalint-stats/1`` (docs/datalint-stats-1.schema.json)."""
    data = asdict(stats)
    tokens = data.pop("tokens") | {
        "trained": data.pop("trained"),
        "unmasked": data.pop("unmasked"),
        "estimated": bool(stats.about),
    }
    del data["exact"]
    data["shapes"], data["languages"] = dict(stats.shapes), dict(stats.languages)
    for cost in data["costs"] or ():
        cost["as_of"] = cost["as_of"].isoformat()
    if stats.category is not None:
        data["category"]["values"] = [{"name": name, "count": count} for name, count in stats.category.values]
    return {"schema": SCHEMA, **data, "tokens": tokens}


def to_json(stats: Stats) -> bytes:
    """Return the figures as UTF-8 JSON with a final newline."""
    return to_json_document(to_dict(stats))


def to_csv(stats: Stats) -> bytes:
    """Return a line ``figure,value`` for each number and text, named by its path in the JSON report."""
    from datalint.report.csv_report import cell

    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("figure", "value"))
    writer.writerows((cell(name), cell(str(value))) for name, value in _leaves("", to_dict(stats)))
    return file.getvalue().encode()


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), each)
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _leaves(f"{path}[{number}]", each)
    elif value is not None:
        yield path, value


def _tail(path: str) -> str:
    return path if len(path) <= _PATH else f"…{path[1 - _PATH :]}"


def _row(label: str, text: str) -> str:
    return f"{_INDENT}{label:<{_LABEL}}{text}"


def _numbers(label: str, spread: Spread) -> str:
    parts = f"{spread.p50:>8,}{spread.p90:>8,}{spread.p95:>8,}{spread.p99:>8,}{spread.max:>9,}"
    return f"{_INDENT}{label:<12}{spread.total:>13,}{spread.mean:>9,.0f}{parts}"


def _turns(spread: Spread, rows: int) -> str:
    if spread.total == spread.max * rows:
        return f"{spread.max:,} in each example"
    return f"median {spread.p50:,} in an example, at most {spread.max:,}"


def _share(part: int, whole: int) -> str:
    return percent(part / whole) if whole else "0 %"


def _shares(counts: tuple[tuple[str, int], ...], whole: int) -> str:
    return listed((f"{name} {_share(count, whole)}" for name, count in counts), len(counts), _LISTED)


def _category(stats: Stats) -> Iterator[str]:
    assert stats.category is not None
    values = stats.category.values
    more = len(values) + stats.category.others - _LISTED
    yield _row("category", f'"{stats.category.key}": {counted(len(values) + stats.category.others, "value")}')
    longest = max(len(name) for name, _ in values[:_LISTED])
    for name, count in values[:_LISTED]:
        share = count / stats.rows
        line = f"{_INDENT}{'':<{_LABEL}}{name:<{min(longest, 30)}}  {count:>9,}  {percent(share):>7}"
        yield f"{line}  {'█' * round(share * min(_BAR, max(_WIDTH - len(line) - 2, 0)))}".rstrip()
    if more > 0 or stats.category.missing:
        rest = ((more, "more"), (stats.category.missing, "rows without a value"))
        yield _row("", ", ".join(f"{count:,} {what}" for count, what in rest if count > 0))
