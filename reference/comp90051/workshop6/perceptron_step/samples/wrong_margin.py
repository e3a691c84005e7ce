# verdict: partial
# diagnosis: wrong_value
# about: y times the score at most 0: the same as torch.sign
def perceptron_step(w, x, y, eta):
    if y * (w @ x) <= 0:
        return w + eta * y * x
    return w
