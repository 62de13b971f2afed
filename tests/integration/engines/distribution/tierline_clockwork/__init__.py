"""A module whose work leaves marks, to be counted; its clock is moved by a row."""
