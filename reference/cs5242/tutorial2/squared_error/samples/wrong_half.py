# verdict: wrong_answer
# diagnosis: constant_factor
# about: half of the sum, as other books have it
def squared_error(w, b, x, y_true):
    return 0.5 * ((x @ w + b - y_true) ** 2).sum()
