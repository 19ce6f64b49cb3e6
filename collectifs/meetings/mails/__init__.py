"""The mails about dates: planned, moved, cancelled, reminded; invitations and piloting, which name the next one."""
