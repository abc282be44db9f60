"""What may stand for a code or an entry: proposals with a confidence and reasons."""
