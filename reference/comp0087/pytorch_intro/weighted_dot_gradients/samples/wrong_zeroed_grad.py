# verdict: partial
# diagnosis: input_changed
# about: leaves zeros in .grad
def weighted_dot_gradients(x, y, z):
    (x.requires_grad_() * y @ z.requires_grad_()).backward()
    result = x.grad.clone(), z.grad.clone()
    x.grad.zero_()
    z.grad.zero_()
    return result
