"""The winners of a budget search beside the best of all points: winners.py SEARCHED EVERYTHING.

Both are result folders of the same sweep: of one, a budget search ran a few points live; of the other, all were run.
"""

import csv
import os
import sys

BUDGETS = (0.1, 0.2, 0.5)


def measured(folder):
    """The points of a folder that were run live, with their measured perplexities."""
    with open(os.path.join(folder, "verify.csv"), newline="") as file:
        live = {row["point_id"]: row for row in csv.DictReader(file)}
    with open(os.path.join(folder, "points.csv"), newline="") as file:
        for row in csv.DictReader(file):
            run = live.get(row["point_id"])
            if run or row["policy"] == "dense":
                loss = float(run["perplexity"]) - float(run["perplexity_dense"]) if run else 0.0
                yield row, loss


def best(points, device, budget):
    within = [(row, loss) for row, loss in points if row["hardware"] == device and loss <= budget]
    return max(within, key=lambda point: float(point[0]["tokens_per_second"]))


def name(point):
    row, loss = point
    return f"{row['policy']} {row['policy_params']} {row['cache']} ({loss:+.2f})"


def main():
    searched, everything = (list(measured(folder)) for folder in sys.argv[1:3])
    print(f"{len(searched)} points known after the search, {len(everything)} in all")
    for device in sorted({row["hardware"] for row, _ in everything}):
        for budget in BUDGETS:
            found, true = best(searched, device, budget), best(everything, device, budget)
            share = float(found[0]["tokens_per_second"]) / float(true[0]["tokens_per_second"])
            print(f"{device} +{budget}: {share:.1%} of the best; found {name(found)}, best {name(true)}")


main()
