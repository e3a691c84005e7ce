# expect: zero
# class: R
# about: a mapped file of a terabyte, and shared anonymous memory that counts against nobody
import mmap

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    kept = []
    try:
        with open("/tmp/big", "wb+") as file:
            file.truncate(2**40)
            kept.append(mmap.mmap(file.fileno(), 2**40))
    except (OSError, ValueError):
        pass
    for _ in range(100):
        try:
            block = mmap.mmap(-1, 2**27)
            block.write(b"x" * 2**27)
            kept.append(block)
        except (OSError, ValueError, MemoryError):
            break
    return wrong(samples, mu, var_)
