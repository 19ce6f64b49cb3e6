"""The mails about sheets."""
