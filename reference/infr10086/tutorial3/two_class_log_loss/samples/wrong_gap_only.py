# verdict: partial
# about: the gap where class 1 is ahead, else 0: right far from zero only
def two_class_log_loss(w, x_i):
    s = w @ x_i
    return float(max(0.0, s[1] - s[0]))
