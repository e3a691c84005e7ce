# verdict: wrong_answer
# diagnosis: wrong_type
# about: a list has no device
def make_targets(x, w_true, b_true): return (x @ w_true + b_true).tolist()
