"""From what a table holds to what is scored: profiles, drafts of maps, recoding."""
