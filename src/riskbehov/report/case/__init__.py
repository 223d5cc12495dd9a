"""One person: assessment, one rule explained, criteria checked, plan, follow-up, steps."""
