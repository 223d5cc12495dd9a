"""What the data files, the case files and the results are made of: frozen, strict, closed."""
