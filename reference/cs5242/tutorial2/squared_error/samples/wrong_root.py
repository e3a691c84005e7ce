# verdict: wrong_answer
# diagnosis: not_squared
# about: the norm of the residuals, not squared
def squared_error(w, b, x, y_true):
    return (x @ w + b - y_true).norm()
