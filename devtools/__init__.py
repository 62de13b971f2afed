"""Set-up, services and checks behind `dev.py`; standard library only, runs on a bare Python."""
