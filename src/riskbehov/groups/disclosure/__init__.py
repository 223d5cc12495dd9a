"""Disclosure control: which counts may be told so that no small one can be worked out."""
