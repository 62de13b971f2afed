"""`python -m sandbox`: run the sandbox alone."""

from sandbox.commands import main

main()
