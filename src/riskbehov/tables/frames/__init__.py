"""Frames of every library, and what their cells say: codes, sexes, ages and days."""
