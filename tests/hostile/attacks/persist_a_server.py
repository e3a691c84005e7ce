# expect: zero
# class: P
# about: leaves servers behind: abstract and named unix sockets, threads, forked daemons
import os
import socket
import threading

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def serve(name):
    try:
        server = socket.socket(socket.AF_UNIX)
        server.bind(name)
        server.listen()
        while True:
            peer, _ = server.accept()
            peer.send(b"planted")
            peer.close()
    except OSError:
        pass


for name in ("\0planted", "/tmp/planted.sock", "/dev/shm/planted.sock"):
    threading.Thread(target=serve, args=(name,), daemon=False).start()
try:
    if os.fork() == 0:
        os.setsid()
        serve("\0planted-daemon")
except OSError:
    pass

neg_log_likelihood = wrong
