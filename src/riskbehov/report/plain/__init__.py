"""Results as plain values for JSON: the same keys in every language, labels in the reader's."""
