"""Where the bytes of media files lie."""
