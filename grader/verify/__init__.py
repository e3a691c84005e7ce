"""Whether a question may be published: its reference passes, and everything that is not a solution does not."""
