"""Where statements come from. Each line of advice names one or more; :data:`REFERENCES` says what the names mean."""

from __future__ import annotations

from typing import Final

DATA: Final = "this data"
PLAN: Final = "the plan"
GUIDE_TREE: Final = "the guide, decision tree"
GUIDE_TABLE: Final = "the guide, When to fine-tune"
GUIDE_FACTORS: Final = "the guide, Factors"
GUIDE_PATTERNS: Final = "the guide, Anti-patterns"
GUIDE_METHODS: Final = "the guide, Methods"
STRUCTURED: Final = "structured outputs"
TOGETHER: Final = "Together AI"
GEKHMAN: Final = "Gekhman 2024"
DPO: Final = "Rafailov 2023"
KTO: Final = "Ethayarajh 2024"
BIDERMAN: Final = "Biderman 2024"
SCHULMAN: Final = "Schulman 2025"
UNSLOTH: Final = "Unsloth"
PREDIBASE: Final = "Predibase"
HIYOUGA: Final = "LLaMA-Factory"
LIMA: Final = "LIMA"
OPENAI: Final = "OpenAI"
LESTER: Final = "Lester 2021"
ZEPHYR: Final = "Zephyr"
ALPACA: Final = "Alpaca"
PEFT: Final = "PEFT"
KORTHIKANTI: Final = "Korthikanti 2022"
DETTMERS: Final = "QLoRA"
ELEUTHER: Final = "EleutherAI"
FSDP: Final = "FSDP"
SOFTCAP: Final = "Gemma 2"
MEASURED: Final = "published measurements"
SIZES: Final = "the model's sizes"
SPEEDS: Final = "torchtune"
CONVENTION: Final = "convention"

#: What a name stands for, where it does not speak for itself.
REFERENCES: Final = {
    STRUCTURED: "documentation of OpenAI, vLLM and Outlines: a JSON Schema constrains decoding",
    TOGETHER: "Together AI, fine-tuning overview: if you only need factual grounding, try retrieval first",
    GEKHMAN: "Gekhman et al. 2024 (arXiv:2405.05904): new facts are learned slowly, and raise hallucination",
    DPO: "Rafailov et al. 2023 (arXiv:2305.18290): direct preference optimization",
    KTO: "Ethayarajh et al. 2024 (arXiv:2402.01306): Kahneman-Tversky optimization, from single judged answers",
    BIDERMAN: "Biderman et al. 2024 (arXiv:2405.09673): LoRA learns less and forgets less",
    SCHULMAN: "Schulman et al. 2025, LoRA Without Regret: ten times the rate of full fine-tuning, all layers",
    UNSLOTH: "Unsloth's guide: 2e-4 for LoRA and QLoRA, 5e-6 for DPO, 1 to 3 epochs",
    PREDIBASE: "Predibase's guide: 2e-4, 16 to 32 rows in a step, 3 epochs, rank 16",
    HIYOUGA: "LLaMA-Factory's author: 1e-4 under 5,000 rows; 2 to 3 epochs for 15,000 (Qwen3-VL#127)",
    LIMA: "Zhou et al. 2023 (arXiv:2305.11206): 1,000 chosen examples, 15 epochs of full fine-tuning",
    OPENAI: "OpenAI's guide: at least 10 examples, improvements from 50 to 100",
    LESTER: "Lester et al. 2021 (arXiv:2104.08691): prompt tuning, 0.3 with Adafactor",
    ZEPHYR: "huggingface/alignment-handbook@925acdf, recipes/zephyr-7b-beta: DPO at 5e-7, with QLoRA at 5e-6; 1 epoch",
    ALPACA: "tatsu-lab/stanford_alpaca@761dc5b, README.md: full fine-tuning of 7B at 2e-5, 3 epochs; of 13B at 1e-5, 5",
    PEFT: "huggingface/peft@5d602fd, peft_prompt_tuning_clm.ipynb: 3e-2 with AdamW, 50 epochs",
    KORTHIKANTI: "Korthikanti et al. 2022 (arXiv:2205.05198); coefficients as canifinetune 0.4.1 publishes them",
    DETTMERS: "Dettmers et al. 2023 (arXiv:2305.14314): 4.127 bits for each weight",
    ELEUTHER: "EleutherAI cookbook, calc_transformer_mem.py; ZeRO (arXiv:1910.02054)",
    FSDP: "PyTorch's documentation of FSDP: a layer is gathered while the one before it works",
    SOFTCAP: "Hugging Face's page of Gemma 2: train with eager attention, because of the soft cap on its scores",
    MEASURED: "the table in docs/advise.md",
    SPEEDS: "torchtune README and LLaMA-Factory wiki: 1,650 to 4,699 tokens a second for 7B and 8B models",
}


def cited_sources(text: str) -> list[str]:
    """Return the names in a text of sources that :data:`REFERENCES` explains."""
    return [name for name in REFERENCES if name in text]
