"""What runs inside a sandbox: the warm process, its confined children, and how they call a submission."""
