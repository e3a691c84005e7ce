"""Where course code and submissions run: two backends behind one interface."""
