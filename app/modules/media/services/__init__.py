"""What this module does, one use case a file."""
