# expect: zero
# class: X
# about: the entry point is a coroutine function
async def neg_log_likelihood(samples, mu, var_):
    return (mu * 0).sum()
