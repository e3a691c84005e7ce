# expect: zero
# class: R
# question: infr10086/tutorial3/train_linear
# about: complex losses, which no curve can be drawn of
def train_linear(layer, xs, ys, lr):
    return [1j + k for k in range(len(xs))]
