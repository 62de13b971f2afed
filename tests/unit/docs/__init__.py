"""The documentation is true: links lead somewhere, samples run, reference pages are complete."""
