"""The outbox and its engine: the `jobs` table is the truth, huey carries ids."""
