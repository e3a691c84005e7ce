# verdict: partial
# diagnosis: squared
# about: scores in float32, converted back
def perceptron_predict(w, X):
    s = X.float() @ w.float()
    return ((s >= 0).float() * 2 - 1).to(X.dtype)
