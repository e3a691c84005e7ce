# verdict: partial
# diagnosis: input_changed
# about: w is changed in place
def perceptron_step(w, x, y, eta):
    y_hat = 1 if w @ x >= 0 else -1
    if y_hat != y:
        w += eta * y * x
    return w
