"""Plain text: lines and blocks of lines, and conventions by which they are pairs, questions or conversations."""
