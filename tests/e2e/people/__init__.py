"""What people do with their accounts and teams, in a real browser."""
