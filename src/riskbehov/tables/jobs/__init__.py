"""From file to file, some rows at a time."""
