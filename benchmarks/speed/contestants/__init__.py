"""Who runs, each in processes of its own (`benchmarks/speed/worker.py`): ours, and those beside whom we stand."""
