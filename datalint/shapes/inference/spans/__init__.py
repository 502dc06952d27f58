"""Inference of texts with labels of their words or parts: tags, spans, entities, relations."""
