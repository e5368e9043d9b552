"""`python -m qa` is the command line `qa`."""

import sys

from qa.cli import main

sys.exit(main())
