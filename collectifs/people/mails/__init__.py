"""The mails about entering and about one's own account, and how any mail to a person is written."""
