# verdict: accepted
# about: forward first, then backward, with names for everything
def chain_rule(g, g_prime, f_prime, x):
    y = g(x)
    dz_dy = f_prime(y)
    dy_dx = g_prime(x)
    dz_dx = dz_dy * dy_dx
    return dz_dx


print(chain_rule(lambda x: x**2 + 1, lambda x: 2 * x, lambda y: 3 * y**2, 2.0))
