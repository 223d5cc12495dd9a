"""The process around an assessment: consent, inventory, steps, agreed plan, change over time."""
