# verdict: partial
# about: label minus prediction is twice the label
def perceptron_step(w, x, y, eta):
    y_hat = 1 if w @ x >= 0 else -1
    return w + eta * (y - y_hat) * x
