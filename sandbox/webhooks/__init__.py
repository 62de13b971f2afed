"""Events told to the endpoints that asked for them: signed, in order, again until they arrive."""
