"""What every subject stands on: settings, clock, database, texts, keys, jobs, mail, papers."""
