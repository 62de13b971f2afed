"""`tierline sandbox`: the Stripe sandbox by itself."""

import typer

AS_WRITTEN = {
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "help_option_names": [],  # the sandbox tells of its own options
}


def sandbox(context: typer.Context) -> None:
    """Run a Stripe on this machine that any Stripe SDK can talk to."""
    from sandbox.commands import main  # noqa: PLC0415 - Stripe's SDK comes along, and costs a second

    main(context.args)
