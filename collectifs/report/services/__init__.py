"""Answering, and keeping the report."""
