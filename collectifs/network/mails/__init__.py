"""The mails of the network."""
