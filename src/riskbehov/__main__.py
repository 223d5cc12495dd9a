"""``python -m riskbehov``."""

from riskbehov.cli import main

main()
