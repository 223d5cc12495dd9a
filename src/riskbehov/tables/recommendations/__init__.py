"""Recommendations for a table: what each row says of a person, and what follows."""
