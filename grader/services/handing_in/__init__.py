"""From what somebody types to a submission."""
