"""Looking requests up: what somebody typed, what they may see of it, a page at a time."""
