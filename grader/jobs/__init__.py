"""The Celery application: hints in, runs graded. Only `hints` and `app` may be imported by the site."""
