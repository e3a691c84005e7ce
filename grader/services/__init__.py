"""What the service can do: a folder for each subject. No Flask, no Celery; callers hold the transaction."""
