# verdict: runtime_error
# diagnosis: exception
# about: the weights and biases of the children, whatever these are
def count_parameters(module):
    total = 0
    for child in module.children():
        total += child.weight.numel() + child.bias.numel()
    return total
