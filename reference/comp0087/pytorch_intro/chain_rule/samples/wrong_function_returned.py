# verdict: wrong_answer
# diagnosis: wrong_type
# about: returns the derivative as a function
def chain_rule(g, g_prime, f_prime, x):
    return lambda x: f_prime(g(x)) * g_prime(x)
