"""The service on the real packs of ``../shared/data``; skipped, with the reason, without them."""
