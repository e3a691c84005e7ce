"""Accounts, keys, invitations, and who is in a course."""
