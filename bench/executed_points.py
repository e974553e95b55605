#!/usr/bin/env python3
"""How far simulated speeds are from executed ones, over the points of several comparisons.

    bench/executed_points.py FOLDER...

Each folder is one that `dipper compare` wrote. Prints, for each of them and for all together: the
points, the error of the simulated speed (its distance from the executed median, as a share of that)
in the middle and of nine in ten, how many points are within 15 %, and Kendall's tau-b.
"""

import csv
import os
import statistics
import sys


def points(folder):
    """Pairs of simulated and executed tokens/s."""
    with open(os.path.join(folder, "compare.csv"), newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["executed_tokens_per_second"]]
    return [
        (float(row["simulated_tokens_per_second"]), float(row["executed_tokens_per_second"]))
        for row in rows
    ]


def tau(pairs):
    """Kendall's tau-b."""
    sign = lambda value: (value > 0) - (value < 0)
    score = ties = executed_ties = total = 0
    for i, (simulated, executed) in enumerate(pairs):
        for other_simulated, other_executed in pairs[:i]:
            s, e = sign(simulated - other_simulated), sign(executed - other_executed)
            score += s * e
            ties += s == 0
            executed_ties += e == 0
            total += 1
    spread = ((total - ties) * (total - executed_ties)) ** 0.5
    return score / spread if spread else float("nan")


def line(name, pairs):
    errors = sorted(abs(simulated - executed) / executed for simulated, executed in pairs)
    ninth = errors[min(len(errors) - 1, int(0.9 * len(errors)))]
    within = sum(error <= 0.15 for error in errors)
    print(
        f"{name}: {len(pairs)} points, error {100 * statistics.median(errors):.1f} %,"
        f" nine in ten {100 * ninth:.1f} %, {within} within 15 %, tau {tau(pairs):.2f}"
    )


def main(folders):
    if not folders:
        sys.exit("usage: bench/executed_points.py FOLDER...")
    everything = []
    for folder in folders:
        try:
            pairs = points(folder)
        except (OSError, KeyError) as error:
            sys.exit(f"{folder}: holds no comparison; give a folder that dipper compare wrote ({error})")
        if pairs:
            line(folder, pairs)
        everything += pairs
    if len(folders) > 1 and everything:
        line("all", everything)


if __name__ == "__main__":
    main(sys.argv[1:])
