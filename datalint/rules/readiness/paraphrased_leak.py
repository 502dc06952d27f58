"""A training row asks what an evaluation row asks, in other words.

## What it does
Compares the prompts of both splits by their meaning (static word vectors). Reports a training row whose prompt is
clearly nearer to that of one evaluation row than to all others, **and** has the same numbers and names, which few
other rows have. Rows that leak word for word are reported by `leaked-example`, `near-leaked-example`, `leaked-prompt`
and `near-leaked-prompt`. Needs the extra `semantic`.

## Why it matters
A rephrased or machine-translated question is still the same question, and training on it raises the score as much as
training on the original: a 13B model that was trained on rephrased test sets reached the scores of GPT-4 on MMLU,
GSM8K and HumanEval (Yang et al. 2023). Rows that a model generated from a benchmark are such paraphrases.

## Bad
```jsonl
{"prompt": "Janet's ducks produce 16 eggs each day. She consumes 3 of them for her morning meal and uses 4 to bake muffins for her friends Ada and Tom daily. The remaining eggs are sold for $2 per egg. What is the daily amount in dollars that she earns?", "completion": "She earns $18."}
```
```jsonl eval
{"prompt": "Every day the ducks of Janet lay 16 eggs. For breakfast she eats 3, and bakes muffins with 4 for her friends Ada and Tom. She sells the remainder at $2 per egg. How much in dollars does she make every day?", "completion": "18"}
```
## Good
```jsonl
{"prompt": "Janet's ducks produce 16 eggs each day. She consumes 3 of them for her morning meal and uses 4 to bake muffins for her friends Ada and Tom daily. The remaining eggs are sold for $2 per egg. What is the daily amount in dollars that she earns?", "completion": "She earns $18."}
```
```jsonl eval
{"prompt": "Every day the hens of Mark lay 30 eggs. For breakfast he eats 5, and bakes cakes with 7 for his friends Eva and Jim. He sells the remainder at $3 per egg. How much in dollars does he make every day?", "completion": "54"}
```
## What to do
Compare the two rows, and remove the training row if it asks the same question.
## Known limits
Questions without numbers and names are not reported, because vectors alone cannot distinguish a paraphrase from a
question on the same subject. On public datasets that were split in two, about two thirds of the findings ask the same
question; the others are variations of one exercise. The rule therefore runs only if you select it by name. Languages
other than English are hardly covered. [Near-duplicates](../near-duplicates.md#paraphrases) gives the accuracy on
rephrased benchmarks.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Places, Severity, excerpt, frozen, listed, option, rule


@frozen
class ParaphrasedLeakOptions(Options):
    """What counts."""

    min_cosine: float = option(
        0.75,
        "cosine of two prompts; those under 0.75 are not compared",
        source="on rephrased GSM8K: 67 % of the paraphrases are found, and none of 7,473 other questions",
    )


@rule(
    "RDY010",
    "paraphrased-leak",
    severity=Severity.WARNING,
    since="0.1",
    needs={"embeddings"},
    confidence=Confidence.LOW,
)
def paraphrased_leak(data: Dataset, options: ParaphrasedLeakOptions) -> Iterator[Hit]:
    """Yield a hit at each training row that paraphrases an evaluation row."""
    places = Places(data)
    for found in data.paraphrases:
        if found.cosine >= options.min_cosine:
            shared = listed((f'"{excerpt(each, 20)}"' for each in found.shared[:4]), len(found.shared), 4)
            yield Hit(
                f"paraphrases {places.of_evaluation(found.evaluation)} of the evaluation set: both contain {shared} "
                f"(cosine {found.cosine:.2f})",
                at=found.training,
                related_eval=((found.evaluation, found.cosine),),
            )
