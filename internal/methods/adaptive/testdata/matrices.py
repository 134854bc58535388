"""Trajectories of Shampoo and SOAP, written from their papers, their companion AdamW that of PyTorch.

    /usr/bin/python3 matrices.py > matrices.json

f = Σ cᵢdᵢ²/2 + (Σ dᵢ sin 2i)²/2, d = x − t, over a 3×2 matrix, a 3×4 matrix and two biases. The
second term lets the first step of the biases change the gradient of the matrices: SOAP would
divide rounding by ε otherwise. Null spaces of the first gradient's statistics have one dimension at
most, since the paper leaves the basis of larger ones open.
"""
import json
import math

import numpy as np
import torch

N = 20
C = np.array([1 + (i % 5) for i in range(N)], float)
T = np.array([math.sin(i) for i in range(N)])
X0 = np.array([math.cos(3 * i) for i in range(N)])
E = np.array([math.sin(2 * i) for i in range(N)])
BLOCKS = [(0, 3, 2), (6, 3, 4)]
STEPS = 24


def power(a, p):
    values, vectors = np.linalg.eigh(a)
    return vectors @ np.diag(values ** p) @ vectors.T


class Shampoo:
    def __init__(self, shape, lr=1, momentum=0, eps=1e-4, every=1):
        self.l, self.r = eps * np.eye(shape[0]), eps * np.eye(shape[1])
        self.lr, self.momentum, self.every = lr, momentum, every
        self.m, self.k = np.zeros(shape), 0

    def step(self, w, g):
        self.l = self.l + g @ g.T
        self.r = self.r + g.T @ g
        if self.k % self.every == 0:
            self.roots = power(self.l, -1 / 4), power(self.r, -1 / 4)
        self.k += 1
        self.m = self.momentum * self.m + g
        return w - self.lr * self.roots[0] @ self.m @ self.roots[1]


class SOAP:
    """Algorithm 3, with Adam's means in the space that the paper keeps them in."""

    def __init__(self, shape, lr=3e-3, b1=0.95, b2=0.95, shampoo=0.95, eps=1e-8, wd=0.01, every=10):
        self.lr, self.b1, self.b2, self.shampoo, self.eps, self.wd, self.every = lr, b1, b2, shampoo, eps, wd, every
        self.l, self.r = np.zeros((shape[0],) * 2), np.zeros((shape[1],) * 2)
        self.m, self.v, self.k = np.zeros(shape), np.zeros(shape), 0

    def learn(self, g):
        self.l = self.shampoo * self.l + (1 - self.shampoo) * g @ g.T
        self.r = self.shampoo * self.r + (1 - self.shampoo) * g.T @ g

    def step(self, w, g):
        if not self.l.any():  # the first gradient only begins the statistics
            self.learn(g)
            self.ql, self.qr = (np.linalg.eigh(s)[1][:, ::-1] for s in (self.l, self.r))
            return w
        self.k += 1
        turned = self.ql.T @ g @ self.qr
        self.m = self.b1 * self.m + (1 - self.b1) * g
        self.v = self.b2 * self.v + (1 - self.b2) * turned ** 2
        mean = self.ql.T @ self.m @ self.qr / (1 - self.b1 ** self.k)
        # ε beside the root that is not corrected, as in the authors' code
        step = mean * math.sqrt(1 - self.b2 ** self.k) / (np.sqrt(self.v) + self.eps)
        w = w - self.lr * self.ql @ step @ self.qr.T
        w = w - self.lr * self.wd * w
        self.learn(g)
        if self.k % self.every == 0:
            order = np.argsort(-np.diag(self.ql.T @ self.l @ self.ql))
            self.ql, self.v = np.linalg.qr(self.l @ self.ql[:, order])[0], self.v[order]
            order = np.argsort(-np.diag(self.qr.T @ self.r @ self.qr))
            self.qr, self.v = np.linalg.qr(self.r @ self.qr[:, order])[0], self.v[:, order]
        return w


def run(method, **settings):
    x = X0.copy()
    p = torch.nn.Parameter(torch.tensor(x[18:]))
    adamw = torch.optim.AdamW([p], lr=0.01)
    each = [method(block[1:], **settings) for block in BLOCKS]
    out = [x.tolist()]
    for _ in range(STEPS):
        g = C * (x - T) + E * (E @ (x - T))
        new = x.copy()
        for (at, r, c), m in zip(BLOCKS, each):
            part = slice(at, at + r * c)
            new[part] = m.step(x[part].reshape(r, c), g[part].reshape(r, c)).ravel()
        p.grad = torch.tensor(g[18:])
        adamw.step()
        new[18:] = p.detach().numpy()
        x = new
        out.append(x.tolist())
    return out


OTHERS = ", others: {name: adamw, lr: 0.01}}"
print(json.dumps({
    "{name: shampoo" + OTHERS: run(Shampoo),
    "{name: shampoo, lr: 0.1, momentum: 0.9, eps: 0.01, precondition_frequency: 3" + OTHERS: run(Shampoo, lr=0.1, momentum=0.9, eps=0.01, every=3),
    "{name: soap" + OTHERS: run(SOAP),
    "{name: soap, lr: 0.1, betas: [0.9, 0.8], shampoo_beta: 0.5, eps: 1e-3, weight_decay: 0.2, precondition_frequency: 1" + OTHERS:
        run(SOAP, lr=0.1, b1=0.9, b2=0.8, shampoo=0.5, eps=1e-3, wd=0.2, every=1),
    "{name: soap, lr: 0.05, weight_decay: 0, precondition_frequency: 4" + OTHERS: run(SOAP, lr=0.05, wd=0, every=4),
}))
