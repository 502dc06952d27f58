"""Whether to fine-tune at all, and how: pure functions of facts about the data, the goal, the model and the GPU."""
