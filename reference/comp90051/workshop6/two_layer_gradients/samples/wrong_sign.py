# verdict: partial
# diagnosis: sign
# about: target minus output, without the inner derivative
def two_layer_gradients(a, b, y, w0, w1, v):
    a, b, y, w0, w1, v = (t.detach() for t in (a, b, y, w0, w1, v))
    u = a * w0 + b * w1
    d = 2 * (y - v * u)
    return d * v * a, d * v * b, d * u
