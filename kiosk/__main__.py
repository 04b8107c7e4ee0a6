"""`python -m kiosk COMMAND`: the same as `visio-guichet COMMAND`."""

import sys

from kiosk.cli import main

sys.exit(main())
