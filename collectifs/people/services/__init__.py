"""What people do with their own account, and what is granted to them."""
