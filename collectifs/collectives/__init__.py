"""Collectives: who belongs, who pilots, under which charter, and the dates at which they meet."""
