"""Words for what classifiers look for in texts, such as ``spam``: names of labels, and of flags of texts."""

from __future__ import annotations

from typing import Final

QUALITIES: Final = frozenset(
    """positive negative toxic toxicity spam hate offensive sarcastic sarcasm fake sexist sexism racist racism
    misogynous misogyny ironic irony humor humour humorous funny clickbait abusive hateful harmful rumor rumour
    bullying cyberbullying propaganda depressed suicidal aggressive obscene checkworthy subjective threat
    threatening insult insulting vulgar phishing malicious unsafe nsfw jailbreak injection attack adversarial
    urgent""".split()
)
