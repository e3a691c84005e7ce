# expect: zero
# class: X
# about: SystemExit, KeyboardInterrupt and GeneratorExit out of a call
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    raise [SystemExit(0), KeyboardInterrupt(), GeneratorExit(), SystemExit("accepted"), BaseException()][calls % 5]
