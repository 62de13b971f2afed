"""How revenue moves and who stays, read from the changes of subscriptions alone (D19, D27)."""
