# expect: zero
# class: F5
# about: torch's default device, dtype, grad mode and inference mode changed for everything that follows in the process
import torch

torch.set_default_device("meta")
torch.set_default_dtype(torch.float16)
torch.set_grad_enabled(False)
torch._C._set_grad_enabled(False)
guard = torch.inference_mode()
guard.__enter__()


def neg_log_likelihood(samples, mu, var_):
    return torch.zeros(())
