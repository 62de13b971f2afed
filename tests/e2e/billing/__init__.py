"""Plans and limits, in browsers."""
