"""Follow-up of groups: de-identified records, counts that give nobody away, capacity of a unit."""
