"""Run losses in a worker process, so that no screen ever waits for torch."""
