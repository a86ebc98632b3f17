"""`python -m workbench` does what the command `workbench` does."""

import sys

from workbench.cli import main

sys.exit(main())
