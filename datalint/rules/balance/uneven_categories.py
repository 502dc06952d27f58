"""Examples are spread unevenly over the categories.

## What it does
Measures evenness, the Shannon entropy of the categories' shares divided by its maximum (Pielou 1966): 1 if all have
the same size, near 0 if one contains nearly everything. Reports two or more categories whose evenness is under the
profile's limit.

## Why it matters
The guide asks for proportional representation. `dominant-category` finds one large category; evenness also finds two
large ones with many small ones.

## Bad
```jsonl vary=30
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl
{"prompt": "Where is my parcel?", "completion": "It left the depot this morning.", "category": "delivery"}
{"prompt": "Which plans do you offer?", "completion": "A free one and a paid one.", "category": "sales"}
```
## Good
```jsonl vary=12
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl vary=8
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
## What to do
Add examples of the small categories or merge them. If the distribution is intended, declare it in
`[balance.expected]`.
## Known limits
Reports nothing if a distribution is declared; `off-target-share` judges that.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, excerpt, percent, rule

_HEAD, _TAIL = 2, 1


@rule("BAL002", "uneven-categories", severity=Severity.WARNING, since="0.1", needs={"category"})
def uneven_categories(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit for the dataset when evenness is under the limit."""
    category, evenness = data.category, data.measures.get("evenness")
    warn, fail = data.limits.get("evenness", (None, None))
    limit = warn if warn is not None else fail
    if category is None or category.expected is not None or evenness is None or limit is None:
        return
    if len(category.counts) < 2 or evenness >= limit:
        return
    shares = [f'"{excerpt(value, 40)}" {percent(count / category.total)}' for value, count in category.counts.items()]
    if len(shares) > _HEAD + _TAIL:
        shares[_HEAD:-_TAIL] = ["…"]
    yield Hit(
        f'evenness {evenness:.2f} over {len(category.counts):,} values of "{excerpt(category.key, 40)}", '
        f"limit {limit:g}: {', '.join(shares)}"
    )
