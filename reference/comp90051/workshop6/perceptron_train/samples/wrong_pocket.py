# verdict: partial
# about: keeps the weights of the epoch with the fewest mistakes
import torch
def perceptron_train(X, y, w0, epochs):   # best weights ("pocket")
    w = w0.clone(); m=[]; best=w; bm=10**9
    for _ in range(epochs):
        c=0
        for x,t in zip(X,y):
            if (1 if w@x>=0 else -1)!=t: w=w+t*x; c+=1
        m.append(c)
        if c<bm: best, bm = w, c
    return best,m
