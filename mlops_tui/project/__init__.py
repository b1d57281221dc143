"""The user's repository: what is generated, merged, committed and run there."""
