"""The Celery application: nudges in, runs graded. Only `nudges` and `app` may be imported by the site."""
