# verdict: partial
# diagnosis: input_changed
# about: as on the slide: fills x.grad and z.grad, and cannot do without leaves
def weighted_dot_gradients(x, y, z):
    r = x * y @ z
    r.backward()
    return x.grad, z.grad
