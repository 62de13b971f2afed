"""The command line, `tierline`: each command parses, calls a service, prints."""
