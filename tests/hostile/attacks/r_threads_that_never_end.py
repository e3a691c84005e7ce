# expect: at most time_limit, wrong_answer
# class: R
# about: non-daemon threads that spin after a quick (wrong) answer: the process can never exit by itself
import threading

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def spin():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


for _ in range(8):
    threading.Thread(target=spin).start()

neg_log_likelihood = wrong
