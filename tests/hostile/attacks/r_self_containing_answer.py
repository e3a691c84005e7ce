# expect: zero
# class: R
# about: lists, dicts and tuples that contain themselves
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    knot = []
    knot.append(knot)
    table = {}
    table["self"] = table
    return [knot, table, (knot, table)][calls % 3]
