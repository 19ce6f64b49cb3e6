"""The mails of tutoring: what is entrusted, what will perish; never a content."""
