# verdict: runtime_error
# about: takes the data first
def squared_error(x, y_true, w, b):
    return ((x @ w + b - y_true) ** 2).sum()
