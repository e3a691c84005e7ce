# verdict: accepted
# about: the newer style, with setup_context and a check of needs_input_grad
import torch


class MyExp(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x):
        return torch.exp(x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, g):
        if not ctx.needs_input_grad[0]:
            return None
        (y,) = ctx.saved_tensors
        return torch.einsum("...,...->...", g, y)
