"""The scoreboard's training steps, products, functions and fills in PyTorch, as its users write them.

Usage: python3 pytorch.py [threads]        needs the package torch, of any version

Prints medians and the range of some samples. Beside `./incipit scoreboard` on the same, idle machine it shows what
PyTorch takes with autograd and Python, of a version of the reader's choice; the scoreboard's own PyTorch is the one of
the profile `peers`, called from Java.
"""

import statistics
import sys
import time

import torch

NETWORKS = {
    "784-100-10, batch 32": ([784, 100, 10], 32),
    "784-256-128-10, batch 64": ([784, 256, 128, 10], 64),
    "784-30x100-10, batch 128": ([784] + [100] * 30 + [10], 128),
    "784-1024-1024-10, batch 1024": ([784, 1024, 1024, 10], 1024),
}


def sample(work, warm_up=1.5, least=0.1, samples=12):
    """Return the seconds that one call takes: the median, the fastest and the slowest sample."""
    calls = 0
    start = time.perf_counter()
    while time.perf_counter() - start < warm_up:
        work()
        calls += 1
    calls = max(1, int(calls / warm_up * least))
    times = []
    for _ in range(samples):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        times.append((time.perf_counter() - start) / calls)
    return statistics.median(times), min(times), max(times)


def show(name, unit, factor, work):
    median, least, most = sample(work)
    print(f"{name:34} {median * factor:10.3f} {unit}  [{least * factor:.3f} .. {most * factor:.3f}]", flush=True)


def training_step(widths, batch):
    layers = []
    for i in range(len(widths) - 1):
        layers.append(torch.nn.Linear(widths[i], widths[i + 1]))
        torch.nn.init.kaiming_normal_(layers[-1].weight, nonlinearity="relu")
        if i < len(widths) - 2:
            layers.append(torch.nn.ReLU())
    net = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9)
    loss = torch.nn.CrossEntropyLoss()
    x = torch.rand(batch, widths[0])
    y = torch.randint(0, widths[-1], (batch,))

    def step():
        optimizer.zero_grad()
        loss(net(x), y).backward()
        optimizer.step()

    return step


def main():
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    torch.set_num_threads(threads)
    print(f"PyTorch {torch.__version__}, threads {threads}, {torch.backends.cpu.get_cpu_capability()}")
    for name, (widths, batch) in NETWORKS.items():
        show("step " + name, "us", 1e6, training_step(widths, batch))
    for n in (64, 128, 256, 512, 1024, 2048):
        a, b, c = torch.rand(n, n), torch.rand(n, n), torch.empty(n, n)
        median, least, most = sample(lambda: torch.mm(a, b, out=c), warm_up=0.5)
        work = 2e-9 * n**3
        print(f"{f'product NN {n}':34} {work / median:10.1f} GFLOP/s  [{work / most:.1f} .. {work / least:.1f}]")
    for n in (2048, 1 << 20):
        x, y = torch.rand(n) + 0.1, torch.empty(n)
        for f in (torch.exp, torch.log, torch.tanh, torch.sigmoid):
            show(f"{f.__name__}, {n} numbers", "ns an element", 1e9 / n, lambda: f(x, out=y))
    w = torch.empty(1024, 1024)
    show("uniform 1024 x 1024", "ns an element", 1e9 / w.numel(), w.uniform_)
    show("normal 1024 x 1024", "ns an element", 1e9 / w.numel(), w.normal_)
    show("truncated normal 1024 x 1024", "ns an element", 1e9 / w.numel(), lambda: torch.nn.init.trunc_normal_(w))
    show("orthogonal 1024 x 1024", "ms", 1e3, lambda: torch.nn.init.orthogonal_(w))


main()
