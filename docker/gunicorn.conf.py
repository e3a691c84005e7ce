"""How gunicorn serves the site: a process for each core, threads for the pages that wait for results."""

import os

bind = os.environ.get("GRADER_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("GRADER_WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("GRADER_WEB_THREADS", "24"))
keepalive = 30
timeout = 60
graceful_timeout = 20
# A file that is touched in memory: on a disk under load, writing it could take longer than the limit above.
worker_tmp_dir = "/dev/shm"
accesslog = None
errorlog = "-"
control_socket_disable = True
