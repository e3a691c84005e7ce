# expect: zero
# class: F7
# about: os.write, os.read and socket methods patched: every answer of the harness is sent three times, upside down
import os
import socket

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

real_write = os.write


def write(fd, data):
    for _ in range(3):
        real_write(fd, bytes(data)[::-1])
    return len(data)


os.write = os.sendfile = write
os.writev = lambda fd, parts: write(fd, b"".join(parts))


class Socket(socket.socket):
    def sendall(self, data, *flags):
        write(self.fileno(), data)

    send = sendall


socket.socket = Socket
neg_log_likelihood = wrong
