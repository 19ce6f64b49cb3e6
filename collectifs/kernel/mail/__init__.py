"""Mail on its way: the server, what it refuses, the demonstration's outbox."""
