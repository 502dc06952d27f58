"""Examples are spread unevenly over the categories.

## What it does
Measures evenness, the Shannon entropy of the categories' shares divided by its maximum (Pielou 1966): 1 if all have
the same size, near 0 if one contains nearly everything. Reports two or more categories if their evenness is under the
profile's limit. If `dominant-category` reports the largest category, its message names the evenness, and this rule
reports nothing.

## Why it matters
The guide asks for proportional representation. `dominant-category` finds one large category; evenness also finds two
large ones with many small ones.

## Bad
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
{"prompt": "About returns: {w}", "completion": "{w}, says rule {n}", "category": "returns"}
```
```jsonl
{"prompt": "Which plans do you offer?", "completion": "A free one and a paid one.", "category": "sales"}
{"prompt": "May I read the contract?", "completion": "It is on our site.", "category": "legal"}
{"prompt": "Who answers reporters?", "completion": "Our press desk does.", "category": "press"}
{"prompt": "Do you hire?", "completion": "We look for two drivers.", "category": "jobs"}
{"prompt": "Is there a shop abroad?", "completion": "There is one in the harbour.", "category": "travel"}
{"prompt": "When is my money back?", "completion": "Within a week of the return.", "category": "refunds"}
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
Stray values do not count: the name of the key, as a second header has it, `NA` and the like in less than 5 % of the
rows, and one or two values of fewer than ten rows and less than 0.5 % of them next to up to five others, which are at
least twice as many.
If a distribution is declared, this rule reports nothing, and `off-target-share` checks it. Evaluation sets, and data
that may be one by a name or a key, are not checked, because they may be as uneven as the data that they represent.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, excerpt, percent, rule
from datalint.rules.common.labels.categories import is_dominated, unevenness

_HEAD, _TAIL = 2, 1


@rule("BAL002", "uneven-categories", severity=Severity.WARNING, since="0.1", needs={"category"})
def uneven_categories(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit for the dataset when evenness is under the limit."""
    category, uneven = data.category, unevenness(data)
    if category is None or uneven is None or is_dominated(data):
        return
    shares = [f'"{excerpt(value, 40)}" {percent(count / category.total)}' for value, count in category.judged.items()]
    if len(shares) > _HEAD + _TAIL:
        shares[_HEAD:-_TAIL] = ["…"]
    yield Hit(f'{uneven}, of "{excerpt(category.key, 40)}": {", ".join(shares)}')
