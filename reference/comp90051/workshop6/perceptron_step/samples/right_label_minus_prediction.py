# verdict: accepted
# about: a prediction as an integer tensor, which makes the step a float32 number
import torch
def perceptron_step(w, x, y, eta):
    p = torch.where(torch.einsum("i,i->", w, x) >= 0, 1, -1)
    return w + eta * (y - p) / 2 * x
