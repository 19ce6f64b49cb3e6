"""What papers are made with: plain values in, files out. No table, no clock, no network."""
