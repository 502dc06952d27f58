"""The reduce half: merged results in, findings, measures and verdict out."""
