"""The rules of the room, in pure Python: the same as the live screen's, one table of cases holds both."""
