"""Old records brought to a release, from an older one or a legacy table; nothing is overwritten."""
