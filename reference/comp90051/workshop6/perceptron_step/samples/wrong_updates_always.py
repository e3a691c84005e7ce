# verdict: partial
# diagnosis: wrong_value
# about: no comparison with the label
def perceptron_step(w, x, y, eta):
    return w + eta * y * x
