# verdict: partial
# about: one step for every sample, mean loss of the epoch
import torch
import torch.nn as nn
import torch.optim as optim


class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super(LogisticRegression, self).__init__()
        self.w = nn.Parameter(torch.zeros(n_features))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.sigmoid(torch.matmul(X, self.w) + self.b)

    def fit(self, X, y, lr, epochs):
        optimizer = optim.SGD(self.parameters(), lr=lr)
        criterion = nn.BCELoss()
        losses = []
        for epoch in range(epochs):
            optimizer.zero_grad()
            total = 0.0
            for i in range(len(y)):
                optimizer.zero_grad()
                loss = criterion(self(X[i : i + 1]), y[i : i + 1])
                loss.backward()
                optimizer.step()
                total += loss.item()
            losses.append(total / len(y))
        return losses
