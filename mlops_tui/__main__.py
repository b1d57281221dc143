"""`python -m mlops_tui` is the same as `mlops-tui`."""

from mlops_tui.cli import main

raise SystemExit(main())
