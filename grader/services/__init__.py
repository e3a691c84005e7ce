"""What the service can do, a file for each subject. No Flask, no Celery; callers hold the transaction."""
