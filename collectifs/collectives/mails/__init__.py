"""The mails about who comes."""
