"""Papers: plain values in, files out. No table, no clock, no network; the callers say everything that is printed."""
