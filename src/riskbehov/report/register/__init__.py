"""Definitions: instruments, rules, criteria, facts, insatser, documents and their coverage."""
