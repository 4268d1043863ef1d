"""The reference lists under data/, read once and checked."""
