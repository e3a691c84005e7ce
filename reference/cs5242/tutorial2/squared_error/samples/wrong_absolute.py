# verdict: wrong_answer
# about: absolute values in place of squares
def squared_error(w, b, x, y_true):
    return (x @ w + b - y_true).abs().sum()
