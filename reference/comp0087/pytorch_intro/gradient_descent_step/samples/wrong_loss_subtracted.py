# verdict: wrong_answer
# about: subtracts the loss where the gradient belongs
import torch


def gradient_descent_step(theta, loss_fn, lr):
    return (theta - lr * loss_fn(theta)).detach()
