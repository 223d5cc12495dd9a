"""Tables in files: read some rows at a time, and written whole or not at all."""
