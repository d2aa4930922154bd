"""What importing the loss library costs: no torch, and the whole catalogue at once."""

from __future__ import annotations

import json
import subprocess
import sys

WALK = """
import json, sys
before = set(sys.modules)
import losses
for info in losses.CATALOG.values():
    assert info.name.ja and info.mistakes
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_walking_the_catalogue_loads_no_torch_and_nothing_big():
    run = subprocess.run([sys.executable, "-c", WALK], capture_output=True, text=True, check=True)
    loaded = set(json.loads(run.stdout))
    packages = {name.partition(".")[0] for name in loaded}
    assert "losses" in packages
    assert "losses.functional" not in loaded
    assert "losses.evaluation" not in loaded
    assert "losses.worked.functions" not in loaded
    assert packages - {"losses"} <= set(sys.stdlib_module_names)


def test_computing_loads_torch():
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import losses, sys; losses.compute('mse', pred=[1.0], target=[0.0]);"
            "print('torch' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "True"
