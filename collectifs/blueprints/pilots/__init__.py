"""The vivier: who may pilot on a manager's territories."""
