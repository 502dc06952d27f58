"""The map half: one chunk in, one small partial result out."""
