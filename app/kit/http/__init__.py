"""How requests come in and answers go out: conventions that hold for every module."""
