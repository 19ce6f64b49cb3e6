"""Collectives as people read them: members, pilots, who is proposed."""
