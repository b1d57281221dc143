"""The judgements: pure functions, each with its reasons; no I/O."""
