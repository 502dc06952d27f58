"""Conversations that are written out as one text: their markers, how they are recognised, and who speaks when."""
