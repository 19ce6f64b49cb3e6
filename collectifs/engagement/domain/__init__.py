"""Rules in pure Python: no page, no table, no clock."""
