"""The year: what becomes of codes from one release to the next, and of legacy tables."""
