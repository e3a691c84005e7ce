# verdict: wrong_answer
# diagnosis: missing_gradient
# about: forgets the bias
def squared_error(w, b, x, y_true):
    return ((x @ w - y_true) ** 2).sum()
