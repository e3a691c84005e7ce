# verdict: accepted
# about: einsum wherever it can be used
import torch


def basic_operations(a, b):
    return {
        'sum': a.clone().add_(b),
        'product': torch.einsum('ij,ij->ij', a, b),
        'matmul': torch.einsum('ik,kj->ij', a, b),
        'row_means': torch.einsum('ij->i', a) / a.size(0),
        'transpose': torch.einsum('ij->ji', a).contiguous(),
    }
