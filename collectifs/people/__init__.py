"""People: accounts, links, devices, sign-in, roles on territories."""
