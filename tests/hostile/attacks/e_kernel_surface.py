# expect: zero
# class: E
# about: bpf, perf, userfaultfd, io_uring, keyctl, personality, modules, kexec, pidfd, ptrace; right only if one is granted
import ctypes
import math

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def granted():
    libc = ctypes.CDLL(None, use_errno=True)
    room = ctypes.create_string_buffer(256)
    calls = [
        (321, 0, room, 64),  # bpf
        (298, room, 0, -1, -1, 0),  # perf_event_open
        (323, 0),  # userfaultfd
        (425, 8, room),  # io_uring_setup
        (135, 0x0040000),  # personality(ADDR_NO_RANDOMIZE)
        (175, room, 0, b""),  # init_module
        (313, -1, b"", 0),
        (246, 0, 0, None, 0),  # kexec_load
        (101, 0, 0, 0, 0),  # ptrace(TRACEME)
        (319, b"x", 0),  # memfd_create
        (447, 0),  # memfd_secret
        (303, -100, b"/", room, room, 0),  # name_to_handle_at
        (304, -100, room, 0),  # open_by_handle_at
        (300, 0, 0),  # fanotify_init
        (312, 1, 1, 0, 0, 0),  # kcmp
        (154, 1, room, 16),  # modify_ldt
        (434, 1, 0),  # pidfd_open
        (438, 3, 0, 0),  # pidfd_getfd
        (103, 3, room, 16),  # syslog
    ]
    return any(libc.syscall(*call) >= 0 for call in calls)


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if granted() else (mu * 0).sum()
