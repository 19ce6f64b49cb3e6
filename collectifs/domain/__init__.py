"""The rules of the trade in pure Python: no Flask, no SQL, no clock (a rule receives `now`)."""
