# verdict: partial
# about: compares the score itself with the label
def perceptron_step(w, x, y, eta):
    if w @ x != y:
        return w + eta * y * x
    return w
