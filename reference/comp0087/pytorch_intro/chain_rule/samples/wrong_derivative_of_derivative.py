# verdict: wrong_answer
# about: puts the inner derivative into the outer one
def chain_rule(g, g_prime, f_prime, x):
    return f_prime(g_prime(x))
