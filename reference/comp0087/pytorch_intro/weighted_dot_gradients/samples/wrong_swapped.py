# verdict: wrong_answer
# diagnosis: swapped
# about: the two gradients the other way round
def weighted_dot_gradients(x, y, z):
    x, z = x.detach().clone().requires_grad_(), z.detach().clone().requires_grad_()
    (x * y.detach() @ z).backward()
    return z.grad, x.grad
