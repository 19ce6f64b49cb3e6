"""Every question put to the tables of tutoring; the only place that opens what is sealed there."""
