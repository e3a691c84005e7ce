# expect: zero
# class: P
# about: POSIX and System V shared memory, queues, keyrings and locks left behind
import ctypes
import os

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall(248, b"user", b"planted", b"planted", 7, -4)  # add_key(user keyring)
libc.syscall(29, 0x7171, 4096, 0o1666)
libc.syscall(64, 0x7171, 1, 0o1666)
libc.syscall(68, 0x7171, 0o1666)
libc.syscall(240, b"planted", 0o102, 0o666, None)
for folder in ("/dev/shm", "/dev/mqueue"):
    try:
        with open(os.path.join(folder, "planted"), "w") as file:
            file.write("planted")
    except OSError:
        pass

neg_log_likelihood = wrong
