"""What looks across subjects: pages that show several at once, what time alone decides, the worker."""
