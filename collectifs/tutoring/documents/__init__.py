"""The paper of a notebook."""
