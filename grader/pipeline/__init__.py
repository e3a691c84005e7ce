"""From an order to a report: relays between a judge and a submission, and runs no course code itself."""
