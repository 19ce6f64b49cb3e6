"""What only the demonstration has: its mails and its clock."""
