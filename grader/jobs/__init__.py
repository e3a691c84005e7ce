"""The Celery application: nudges in, runs graded. The site imports `nudges` only."""
