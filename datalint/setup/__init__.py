"""What a run starts with: its inputs, the evaluation set, the plan, and the resources that it may use."""
