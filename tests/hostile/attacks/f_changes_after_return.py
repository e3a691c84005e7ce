# expect: zero
# class: F5
# about: the answer is a list that a thread keeps rewriting while the harness encodes it
import random
import threading

rows = [0.0] * 1000


def rewrite():
    while True:
        rows[:] = [random.random()] * random.randrange(1, 2000)
        rows.append(rows if random.random() < 0.1 else {})


def neg_log_likelihood(samples, mu, var_):
    if threading.active_count() < 4:
        threading.Thread(target=rewrite, daemon=True).start()
    return rows
