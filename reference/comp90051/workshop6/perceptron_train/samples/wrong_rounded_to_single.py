# verdict: partial
# diagnosis: wrong_value
# about: computes in float32 and converts back
import torch
def perceptron_train(X, y, w0, epochs):
    w = w0.float().clone(); ms = []
    X = X.float(); 
    for _ in range(epochs):
        m = 0
        for xi, yi in zip(X, y.float()):
            if (1 if w @ xi >= 0 else -1) != yi:
                w = w + yi * xi; m += 1
        ms.append(m)
    return w.to(w0.dtype), ms
