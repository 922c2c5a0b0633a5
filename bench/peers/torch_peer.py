"""What is measured beside us in PyTorch: the network's gradient and evaluation, the rules, and a whole step."""

import numpy as np
import torch

import torch_network
import torch_rules
from torch_step import Run
from wire import Server


def floats(path):
    """A file of raw float32."""
    return torch.from_numpy(np.fromfile(path, dtype=np.float32))


def examples(request):
    """The images and the labels that a request names."""
    side = torch_network.SIDE
    labels = torch.from_numpy(np.fromfile(request["labels"], dtype=np.int32)).long()
    return floats(request["images"]).reshape(-1, 1, side, side), labels


class Gradient:
    """Work: one flat gradient at given parameters on the first images, in PyTorch's order as a user takes it."""

    def __init__(self, request):
        self.network = torch_network.Cnn()
        torch_network.set_parameters(self.network, floats(request["parameters"]))
        self.images, self.labels = (part[: request["batch"]] for part in examples(request))

    def __call__(self):
        return torch_network.flat_gradient(self.network, self.images, self.labels)

    def result(self, given):
        """The gradient in our order."""
        return torch_network.in_our_order(self.network, given)


def evaluate(request):
    """Work: the accuracy on all images, 200 at a time."""
    network = torch_network.Cnn()
    torch_network.set_parameters(network, floats(request["parameters"]))
    images, labels = examples(request)
    return lambda: torch.tensor([torch_network.accuracy(network, images, labels, request["batch"])])


def rule(request):
    """Work: a rule on the rows of a file of raw float32."""
    apply = torch_rules.RULES.get(request["rule"])
    if apply is None:
        return None
    vectors = floats(request["vectors"]).reshape(request["rows"], request["dimension"])
    weights = torch.tensor(request["weights"], dtype=torch.float32)
    return lambda: apply(vectors, request["f"], weights)


def step(request):
    """Work: one step."""
    apply = torch_rules.RULES.get(request["rule"])
    if apply is None:
        return None
    images, labels = examples(request)
    run = Run(lambda x, weights: apply(x, 0, weights), request["workers"], images, labels, request["batch"])
    return run.step


def write(given, path):
    """Keeps a result as raw float32."""
    given.detach().contiguous().numpy().astype(np.float32).tofile(path)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.manual_seed(1)
    tasks = {"gradient": Gradient, "evaluate": evaluate, "rule": rule, "step": step}
    Server(tasks, write).serve(torch.__version__)
