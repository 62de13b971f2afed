"""Codes of the limits that tenancy takes units of."""

MAX_STORES = "max_stores"
MAX_TEAM_MEMBERS = "max_team_members"
