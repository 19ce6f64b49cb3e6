"""What can be attested of somebody, read anew each time."""
