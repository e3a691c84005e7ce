# verdict: accepted
# about: works with Python numbers throughout
def chain_rule(g, g_prime, f_prime, x):
    x = float(x)
    return float(f_prime(g(x))) * float(g_prime(x))
