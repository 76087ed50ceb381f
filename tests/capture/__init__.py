"""Evidence is captured: politely, within limits, and kept as it was."""
