# expect: zero
# class: F4
# about: the wire's encoder patched at import: whatever is answered becomes NaN tensors and true flags
import sys

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def patch():
    from grader.wire import Array, Tagged
    from grader.wire import encode as real

    def flattered(value):
        if type(value) is Array:
            return Array(value.dtype, value.shape, b"\xff" * len(value.data))
        if type(value) is Tagged:
            return Tagged(value.kind, {k: flattered(v) for k, v in value.fields.items()})
        if type(value) is dict:
            return {k: flattered(v) for k, v in value.items()}
        if type(value) is list:
            return [flattered(v) for v in value]
        return True if value is False else value

    def fake(value, *args, **kwargs):
        return real(flattered(value), *args, **kwargs)

    for name, module in list(sys.modules.items()):
        if name.startswith("grader."):
            for key, value in list(vars(module).items()):
                if value is real:
                    setattr(module, key, fake)


patch()
neg_log_likelihood = wrong
