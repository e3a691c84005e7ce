# verdict: wrong_answer
# about: the negative score of the right class, without normalisation
def linear_layer_loss(layer, x_i, y_i):
    return -layer(x_i)[y_i]
