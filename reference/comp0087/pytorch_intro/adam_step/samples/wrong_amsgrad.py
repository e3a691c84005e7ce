# verdict: partial
# about: keeps the largest second average, as AMSGrad does
import torch
def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = torch.maximum(v, beta2 * v + (1 - beta2) * g**2)
    return p - lr * (m/(1-beta1**t))/(torch.sqrt(v/(1-beta2**t))+eps), m, v
