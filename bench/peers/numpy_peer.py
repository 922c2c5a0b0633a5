"""What is measured beside us in NumPy: the rules on arrays."""

import numpy as np

from numpy_rules import RULES
from wire import Server


def rule(request):
    """Work: a rule on the rows of a file of raw float32."""
    apply = RULES.get(request["rule"])
    if apply is None:
        return None
    vectors = np.fromfile(request["vectors"], dtype=np.float32).reshape(request["rows"], request["dimension"])
    return lambda: apply(vectors, request["f"])


def write(given, path):
    """Keeps a result as raw float32."""
    np.asarray(given, dtype=np.float32).tofile(path)


if __name__ == "__main__":
    Server({"rule": rule}, write).serve(np.__version__)
