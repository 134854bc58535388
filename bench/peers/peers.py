"""The peers in Python. For each case named on a line of standard input, one round of it is
run and the nanoseconds of a unit of its work are printed."""
import functools
import platform
import sys
import time

import numpy as np
import scipy
import scipy.linalg
import scipy.optimize
import scipy.sparse
import scipy.special
import sklearn
from sklearn._loss import HalfBinomialLoss
from sklearn.linear_model._linear_loss import LinearModelLoss
import torch

torch.set_num_threads(1)
FEATURES = 200


def timed(work, units):
    """Nanoseconds of processor time a unit of work, which is done so many times."""
    begin = time.process_time_ns()
    for _ in range(units):
        work()
    return (time.process_time_ns() - begin) / units


@functools.cache
def rows(megabytes):
    """Random features, signs and weights."""
    rng = np.random.default_rng(1)
    m = int(megabytes * 1e6) // (8 * FEATURES)
    return rng.standard_normal((m, FEATURES)), rng.choice([-1.0, 1.0], m), rng.standard_normal(FEATURES) / 20


def numpy_logistic(x, y, w):
    t = y * (x @ w)
    e = np.exp(-np.abs(t))
    f = np.mean(np.log1p(e) + np.maximum(-t, 0))
    return f, x.T @ (-y * scipy.special.expit(-t)) / len(y)


def torch_logistic(x, y, w):
    t = y * torch.mv(x, w)
    f = torch.nn.functional.softplus(-t).mean()
    return f, torch.mv(x.T, -y * torch.sigmoid(-t)) / len(y)


def torch_autograd(x, y, w):
    w.grad = None
    f = torch.nn.functional.softplus(-y * torch.mv(x, w)).mean()
    f.backward()
    return f, w.grad


@functools.cache
def logistic(library, megabytes):
    """One evaluation of value and gradient."""
    x, y, w = rows(megabytes)
    if library == "numpy":
        return lambda: numpy_logistic(x, y, w)
    if library == "sklearn":
        loss, positive = LinearModelLoss(HalfBinomialLoss(), fit_intercept=False), (y + 1) / 2
        return lambda: loss.loss_gradient(w, x, positive, n_threads=1)
    x, y, w = torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(w.copy())
    if library == "torch":
        return lambda: torch_logistic(x, y, w)
    w.requires_grad_()
    return lambda: torch_autograd(x, y, w)


@functools.cache
def sparse():
    """One evaluation on compressed sparse rows, 50 entries in each of 20000."""
    rng = np.random.default_rng(1)
    m, d, each = 20000, 5000, 50
    columns = np.concatenate([np.sort(rng.choice(d, each, replace=False)) for _ in range(m)])
    x = scipy.sparse.csr_matrix((rng.standard_normal(m * each), columns, np.arange(m + 1) * each), (m, d))
    y, w = rng.choice([-1.0, 1.0], m), rng.standard_normal(d) / 7
    return lambda: numpy_logistic(x, y, w)


@functools.cache
def positive_definite():
    rng = np.random.default_rng(1)
    a = rng.standard_normal((500, 500))
    return a @ a.T / 500 + np.eye(500), rng.standard_normal(500)


def cholesky():
    a, b = positive_definite()
    return scipy.linalg.cho_solve(scipy.linalg.cho_factor(a, check_finite=False), b, check_finite=False)


@functools.cache
def network(activation, samples, batch, sizes):
    """One step of Adam, on the whole or on shuffled batches."""
    sizes = [int(s) for s in sizes.split(",")]
    torch.manual_seed(1)
    layers = [torch.nn.Linear(sizes[0], sizes[1], bias=bool(activation))]
    for a, b in zip(sizes[1:], sizes[2:]):
        layers += [{"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation](), torch.nn.Linear(a, b)]
    model = torch.nn.Sequential(*layers).double()
    x, y = torch.randn(samples, sizes[0], dtype=torch.float64), torch.arange(samples) % sizes[-1]
    adam, order, taken = torch.optim.Adam(model.parameters(), lr=1e-3), torch.randperm(samples), [0]

    def step():
        inputs, targets = x, y
        if batch:
            if taken[0] + batch > samples:
                taken[0] = 0
            chosen = order[taken[0]:taken[0] + batch]
            taken[0] += batch
            inputs, targets = x[chosen], y[chosen]
        adam.zero_grad()
        torch.nn.functional.cross_entropy(model(inputs), targets).backward()
        adam.step()

    return step


@functools.cache
def muon(n):
    """One step of Muon on an n×n matrix by one gradient, from the formulas of Jordan et al. 2024."""
    torch.manual_seed(1)
    w, g = torch.zeros(n, n, dtype=torch.float64), torch.randn(n, n, dtype=torch.float64)
    m, lr, beta = torch.zeros_like(w), 0.02, 0.95
    a, b, c = 3.4445, -4.7750, 2.0315

    @torch.no_grad()
    def step():
        m.lerp_(g, 1 - beta)
        x = g.lerp(m, beta)
        x /= x.norm() + 1e-7
        for _ in range(5):
            aa = x @ x.T
            x = torch.addmm(x, torch.addmm(aa, aa, aa, beta=b, alpha=c), x, beta=a)
        w.sub_(x, alpha=lr)

    return step


@functools.cache
def factors():
    rng = np.random.default_rng(1)
    return rng.standard_normal((512, 512)), rng.standard_normal((512, 512))


def product():
    a, b = factors()
    return a @ b


def minimize(method, problem):
    """Nanoseconds an iteration of runs to convergence."""
    scales = 10 ** (2 * np.arange(10) / 9)
    f, grad, start = {
        "rosenbrock": (scipy.optimize.rosen, scipy.optimize.rosen_der, np.array([-1.2, 1])),
        "quadratic": (lambda x: 0.5 * x @ (scales * x), lambda x: scales * x, np.ones(10)),
    }[problem]
    iterations, begin = 0, time.process_time_ns()
    for _ in range(10):
        iterations += scipy.optimize.minimize(f, start, jac=grad, method=method).nit
    return (time.process_time_ns() - begin) / iterations


def versions():
    return ", ".join([f"Python {platform.python_version()}"] + [
        f"{m.__name__} {m.__version__.split('+')[0]}" for m in (np, scipy, sklearn, torch)])


def run(case):
    kind, *rest = case.split(":")
    if kind == "logistic":
        library, megabytes = rest
        work = logistic(library, float(megabytes))
        return timed(work, 50 if megabytes == "3.2" else 2)
    if kind == "network":
        activation, samples, batch, sizes = rest
        return timed(network(activation, int(samples), int(batch), sizes), 50 if int(batch) else 5)
    if kind == "muon":
        return timed(muon(int(rest[0])), 2**20 // int(rest[0])**2)
    if kind == "minimize":
        return minimize(*rest)
    return {"sparse": lambda: timed(sparse(), 10), "cholesky": lambda: timed(cholesky, 10), "product": lambda: timed(product, 10),
            "versions": versions}[kind]()


for line in sys.stdin:
    print(run(line.strip()), flush=True)
