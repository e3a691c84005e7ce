# verdict: partial
# about: multiplies g into the derivative
def chain_rule(g, g_prime, f_prime, x):
    return f_prime(g(x)) * g_prime(x) * g(x)
