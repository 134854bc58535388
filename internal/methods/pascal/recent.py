"""Trajectories of methods of the last years on the quadratic of Pascal's matrix, written from
their papers with numpy; RAdam is PyTorch's.

    /usr/bin/python3 recent.py > recent.json
"""
import json
import math

import numpy as np
import torch

A = np.array([[math.comb(i + j, i) for j in range(5)] for i in range(5)], float)
b = np.ones(5)
X0 = np.array([1.0, -2, 3, -4, 5])
EIG = np.linalg.eigvalsh(A)
L, MU = 92.29043483015315, 0.0108353590687971
STEPS = 20


def f(x):
    return x @ A @ x / 2 - b @ x


def grad(x):
    return A @ x - b


def ademamix(lr=1e-2, b1=0.9, b2=0.999, b3=0.9999, alpha=2.0, eps=1e-8, wd=0.0, warmup=0):
    x, m, v, l = X0.copy(), 0, 0, 0
    for t in range(1, STEPS + 1):
        g = grad(x)
        a, beta = alpha, b3
        if t < warmup:
            a = alpha * t / warmup
            half = lambda z: math.log(0.5) / math.log(z) - 1
            beta = 0.5 ** (1 / ((1 - t / warmup) * half(b1) + t / warmup * half(b3) + 1))
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g * g
        l = beta * l + (1 - beta) * g
        x = x - lr * ((m / (1 - b1**t) + a * l) / (np.sqrt(v / (1 - b2**t)) + eps) + wd * x)
        yield x


def radam(lr, wd=0.0, b2=0.999):
    p = torch.nn.Parameter(torch.tensor(X0))
    opt = torch.optim.RAdam([p], lr=lr, weight_decay=wd, betas=(0.9, b2))
    for _ in range(STEPS):
        p.grad = torch.tensor(grad(p.detach().numpy()))
        opt.step()
        yield p.detach().numpy().copy()


def signum(lr, beta):
    x, m = X0.copy(), 0
    for _ in range(STEPS):
        m = beta * m + (1 - beta) * grad(x)
        x = x - lr * np.sign(m)
        yield x


def prodigy(lr=1.0, b1=0.9, b2=0.999, eps=1e-8, wd=0.0, d0=1e-6, coef=1.0):
    x, m, v, s, r, d = X0.copy(), 0, 0, 0, 0, d0
    b3 = math.sqrt(b2)
    for _ in range(STEPS):
        g, step = grad(x), d * lr
        r = b3 * r + (d / d0) * step * (g @ (X0 - x))
        m = b1 * m + d * (1 - b1) * g
        v = b2 * v + d * d * (1 - b2) * g * g
        s = b3 * s + (d / d0) * step * g
        d = max(d, coef * r / np.abs(s).sum())
        x = x - step * wd * x
        x = x - step * m / (np.sqrt(v) + d * eps)
        yield x


def schedule_free_adamw(lr=0.0025, b1=0.9, b2=0.999, eps=1e-8, wd=0.0, warmup=0):
    x, z, v, total = X0.copy(), X0.copy(), 0, 0
    for t in range(1, STEPS + 1):
        y = (1 - b1) * z + b1 * x
        g = grad(y)
        v = b2 * v + (1 - b2) * g * g
        rate = lr * math.sqrt(1 - b2**t) * min(1, t / warmup if warmup else 1)
        z = z - rate * g / (np.sqrt(v) + eps) - rate * wd * y
        total += rate**2
        c = rate**2 / total
        x = (1 - c) * x + c * z
        yield x


def ogm_g():
    """By the N×N matrix of step lengths of Kim & Fessler 2021, (6.9) in its recursive form."""
    th = [1.0]
    for i in range(STEPS):
        th.insert(0, (1 + math.sqrt(1 + (8 if i == STEPS - 1 else 4) * th[0] ** 2)) / 2)
    x, y = X0.copy(), X0.copy()
    for i in range(STEPS):
        new = x - grad(x) / L
        c1 = (th[i] - 1) * (2 * th[i + 1] - 1) / (th[i] * (2 * th[i] - 1))
        c2 = (2 * th[i + 1] - 1) / (2 * th[i] - 1)
        x, y = new + c1 * (new - y) + c2 * (new - x), new
        yield x


def item():
    q = MU / L
    x, z, a = X0.copy(), X0.copy(), 0.0
    up = lambda a: ((1 + q) * a + 2 * (1 + math.sqrt((1 + a) * (1 + q * a)))) / (1 - q) ** 2
    for _ in range(STEPS):
        n = up(a)
        beta = a / ((1 - q) * n)
        delta = ((1 - q) ** 2 * n - (1 + q) * a) / (1 + q + q * a) / 2
        y = (1 - beta) * z + beta * x
        g = grad(y)
        x = y - g / L
        z = (1 - q * delta) * z + q * delta * y - delta / L * g
        a = n
        yield z


def adgd(first):
    x, lam, theta, before, gbefore = X0.copy(), first, math.inf, None, None
    for _ in range(STEPS):
        g = grad(x)
        if before is not None:
            dg = np.linalg.norm(g - gbefore)
            new = min(math.sqrt(1 + theta) * lam, np.linalg.norm(x - before) / (2 * dg))
            theta, lam = new / lam, new
        before, gbefore = x, g
        x = x - lam * g
        yield x


def alig(bound, longest, eps=1e-5):
    x = X0.copy()
    for _ in range(STEPS):
        g = grad(x)
        x = x - min(longest, (f(x) - bound) / (g @ g + eps)) * g
        yield x


RUNS = {
    "{name: ademamix, lr: 0.01}": ademamix(),
    "{name: ademamix, lr: 0.01, alpha: 5, warmup: 15, weight_decay: 0.1}": ademamix(alpha=5, warmup=15, wd=0.1),
    "{name: radam, lr: 0.01}": radam(0.01),
    "{name: radam, lr: 0.01, betas: [0.9, 0.8], weight_decay: 0.1}": radam(0.01, 0.1, 0.8),
    "{name: signum, lr: 0.01}": signum(0.01, 0.9),
    "{name: signum, lr: 0.01, momentum: 0}": signum(0.01, 0),
    "prodigy": prodigy(),
    "{name: prodigy, d0: 0.01, weight_decay: 0.1, d_coef: 2, lr: 0.5}": prodigy(0.5, wd=0.1, d0=0.01, coef=2),
    "{name: schedule-free-adamw, lr: 0.05}": schedule_free_adamw(0.05),
    "{name: schedule-free-adamw, lr: 0.05, warmup: 7, weight_decay: 0.1}": schedule_free_adamw(0.05, wd=0.1, warmup=7),
    "ogm-g": ogm_g(),
    "item": item(),
    "{name: descent, step: {name: adgd, first: 1e-6}}": adgd(1e-6),
    "{name: descent, step: {name: alig, bound: -0.5, longest: 0.02}}": alig(-0.5, 0.02),
}
runs = [dict(problem="pascal5", method=text, x=[X0.tolist()] + [x.tolist() for x in path]) for text, path in RUNS.items()]
print(json.dumps(dict(runs=runs)))
