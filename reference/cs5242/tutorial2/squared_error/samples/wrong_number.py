# verdict: wrong_answer
# diagnosis: wrong_type
# about: a Python number
def squared_error(w, b, x, y_true):
    return ((x @ w + b - y_true) ** 2).sum().item()
