"""Real servers and a real browser for the tests, found on the machine or started for a while."""
