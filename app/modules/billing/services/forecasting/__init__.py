"""Forecasts of daily and monthly figures: pure functions of numbers, without session or clock."""
