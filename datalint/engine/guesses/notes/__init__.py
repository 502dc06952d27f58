"""Notes about what a guess leaves unread, or reads although it may be meant otherwise."""
