"""Is the verdict right? Cases whose truth is known, and noise, made here."""
