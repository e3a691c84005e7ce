# verdict: accepted
# about: a function for each layer; returns a list
def layer(inputs, weights):
    total = 0
    for x, w in zip(inputs, weights):
        total = total + w * x
    return total


def two_layer_network(x1, x2, w1, w2, out):
    hidden = layer([x1, x2], [w1, w2])
    return [hidden, layer([hidden], [out])]
