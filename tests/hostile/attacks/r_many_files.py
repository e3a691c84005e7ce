# expect: zero
# class: R
# about: fills /tmp and /dev/shm with files until nothing fits, then deep folders and long names
import os

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    for folder in ("/tmp", "/dev/shm"):
        try:
            for number in range(100_000):
                with open(f"{folder}/{number}", "wb") as file:
                    file.write(b"x" * 65_536)
        except OSError:
            pass
        try:
            os.chdir(folder)
            for _ in range(1000):
                os.mkdir("d" * 200)
                os.chdir("d" * 200)
        except OSError:
            pass
    return wrong(samples, mu, var_)
