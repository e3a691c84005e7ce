# verdict: partial
# diagnosis: none_returned
# about: returns after a mistake only
def perceptron_step(w, x, y, eta):
    y_hat = 1 if w @ x >= 0 else -1
    if y_hat != y:
        return w + eta * y * x
