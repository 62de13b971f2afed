"""One handler a file: what each type of event does here (S13)."""
