# verdict: partial
# diagnosis: input_returned
# about: a negative sample on the boundary is no mistake here
def perceptron_step(w, x, y, eta):
    if y * (w @ x) < 0:
        return w + eta * y * x
    return w
