# verdict: partial
# diagnosis: input_changed
# about: takes .grad away again but not requires_grad
def weighted_dot_gradients(x, y, z):
    x.requires_grad_()
    z.requires_grad_()
    (x * y @ z).backward()
    result = x.grad.clone(), z.grad.clone()
    for tensor in (x, y, z):
        tensor.grad = None
    return result
