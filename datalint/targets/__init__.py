"""What trainers and providers do with rows, as dated data with sources. Nothing here is imported without a target."""
