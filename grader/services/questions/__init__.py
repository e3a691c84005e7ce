"""Questions: in the making, published, and how they do."""
