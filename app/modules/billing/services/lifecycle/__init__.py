"""What happens to subscriptions by the calendar alone (D40)."""
