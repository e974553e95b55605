"""Whether two checkouts give the same numbers: the demo's points, and the 504 points of bench/sweeps.

    bench/same_values.py OLD NEW MODEL --text|--ids FILE [TOKENS]

OLD and NEW are checkouts. Rows are matched by their setting (device, accounting, policy, cache, memory), not by
their ids, and compared in every column that both have. Prints a line per column that differs, and exits with 1 if one does.
Standard library only.
"""

import csv
import os
import subprocess
import sys
import tempfile

SETTING = ("hardware", "accounting", "policy", "policy_params", "cache", "dram_bytes", "layout", "unit_order", "max_gap_bytes")
IDENTITY = {"point_id", "config_sha256", "trace", "trace_sha256", "dipper_version"}
DENSITIES = "[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]"
SWEEP = f"""hardware: [apple-a18, snapdragon-8-gen-3, raspberry-pi-5, oneplus-15r]
dram: [70%, 80%, 90%]
cache: [lfu, lru, belady]
policy:
  - dip: {{density: {DENSITIES}}}
  - dip-ca: {{density: {DENSITIES}, gamma: 0.2}}
  - glu: {{keep: {DENSITIES}}}
"""


def dipper(checkout, *args):
    subprocess.run([os.path.join(checkout, "dipper"), *args], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def points(folder):
    with open(os.path.join(folder, "points.csv"), newline="") as file:
        return list(csv.DictReader(file))


def by_setting(found, columns):
    keys = [name for name in SETTING if name in columns]
    table = {tuple(row[name] for name in keys): row for row in found}
    if len(table) < len(found):
        sys.exit(f"{len(found)} points have {len(table)} settings; add to SETTING what tells them apart")
    return table


def compare(name, old, new):
    old, new = points(old), points(new)
    kept = [column for column in old[0] if column in new[0]]
    first, second = by_setting(old, kept), by_setting(new, kept)
    shared = first.keys() & second.keys()
    print(f"{name}: {len(first)} and {len(second)} points, {len(shared)} in both, {len(kept)} columns in both")
    differing = 0
    compared = [column for column in kept if column not in IDENTITY]
    for column in compared:
        pairs = [(first[key][column], second[key][column]) for key in shared]
        unequal = [pair for pair in pairs if pair[0] != pair[1]]
        if unequal:
            differing += 1
            print(f"  {column}: {len(unequal)} of {len(pairs)} differ, e.g. {unequal[0][0]} and {unequal[0][1]}")
    print(f"  {len(compared) - differing} columns are equal in every row, {differing} are not")
    return len(shared) < len(first) or len(shared) < len(second) or differing > 0


def main(old, new, model, kind, text, tokens="2048"):
    wrong = False
    with tempfile.TemporaryDirectory() as work:
        path = lambda *parts: os.path.join(work, *parts)
        for side, checkout in (("old", old), ("new", new)):
            dipper(checkout, "demo", "--quiet", "-o", path(f"demo-{side}"))
        wrong |= compare("demo", path("demo-old"), path("demo-new"))
        dipper(old, "trace", "--quiet", "--model", model, kind, text, "--tokens", tokens, "--sites", "x,glu", "-o", path("t.arrow"))
        with open(path("sweep.yaml"), "w") as file:
            file.write(SWEEP)
        for side, checkout in (("old", old), ("new", new)):
            dipper(checkout, "sweep", path("sweep.yaml"), "--quiet", "--trace", path("t.arrow"), "-o", path(f"sweep-{side}"))
        wrong |= compare("504 points", path("sweep-old"), path("sweep-new"))
    sys.exit(wrong)


if __name__ == "__main__":
    if len(sys.argv) not in (6, 7):
        sys.exit(__doc__)
    main(*sys.argv[1:])
