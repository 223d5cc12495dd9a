"""What is in tables of many persons, and what became of them."""
