# verdict: partial
# diagnosis: sign
# about: how fast, but not in which direction
def chain_rule(g, g_prime, f_prime, x):
    return abs(f_prime(g(x)) * g_prime(x))
