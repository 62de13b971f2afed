"""The media library in a browser."""
