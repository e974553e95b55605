#!/usr/bin/env python3
"""Points simulated and executed on this machine, in turn and repeated: how far apart the two are.

    bench/compare_executions.py [-o compare.csv] [--rounds 2] [--tokens 24] FOLDER PROFILE TRACE[=QUANT]...

FOLDER is on the disk that PROFILE (dipper hardware measure) was measured on. Each trace has 24 points:
dense in enough memory and in 80, 60 and 40 %, and DIP, DIP-CA, GLU and CATS at densities 0.5 and 0.7, with
caches, layouts and overlaps in turn. Every round executes every point once. Needs ./dipper built, and
nothing else running. Nothing in the profile is changed but the overlap.
"""
import argparse
import csv
import itertools
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OVERLAPS = ['none', 'io', 'pipeline']
MASKS = ['dip:density=', 'dip-ca:density=', 'glu:keep=', 'cats:keep=']
EQUAL = ['hits', 'misses', 'requests']
NOISE = 0.02


def grid(trace):
    points = [point(trace, 'dense', '110%', 'lfu', 'column-major', o) for o in ('none', 'pipeline')]
    for dram, overlap in itertools.product(('80%', '60%', '40%'), ('none', 'pipeline')):
        points.append(point(trace, 'dense', dram, 'lfu', 'column-major', overlap))
    ways = itertools.cycle([('lfu', 'bundled', 'pipeline'), ('lru', 'column-major', 'none'),
                            ('none', 'bundled', 'none'), ('lfu', 'column-major', 'io'), ('lru', 'bundled', 'pipeline')])
    for mask, density, dram in itertools.product(MASKS, ('0.5', '0.7'), ('80%', '60%')):
        cache, layout, overlap = next(ways)
        if mask.startswith('dip-ca') and cache == 'none':
            cache = 'lfu'
        points.append(point(trace, mask + density, dram, cache, layout, overlap))
    return points


def point(trace, policy, dram, cache, layout, overlap):
    return dict(trace=trace, policy=policy, dram=dram, cache=cache, layout=layout, overlap=overlap)


def execute(p, args, profiles):
    trace, _, quant = p['trace'].partition('=')
    command = [ROOT / 'dipper', 'execute', '-q', '--format', 'csv', '--trace', trace, '--tokens', str(args.tokens),
               '--warm-up', str(args.tokens), '--hardware', profiles[p['overlap']],
               '--file', Path(args.folder) / 'dipper-weights.bin', '--policy', p['policy'], '--dram', p['dram'],
               '--cache', p['cache'], '--layout', p['layout'], '--stream-static']
    run = subprocess.run(command + (['--quant', quant] if quant else []), capture_output=True, text=True)
    if run.returncode:
        return None, run.stderr.strip().splitlines()[-1]
    rows = {row['quantity']: (float(row['simulated']), float(row['executed']))
            for row in csv.DictReader(run.stdout.splitlines())}
    unequal = [name for name in EQUAL if rows[name][0] != rows[name][1]]
    return rows['tokens_per_second'], 'unequal ' + ', '.join(unequal) if unequal else ''


def tau(pairs):
    alike = sum((a[0] - b[0]) * (a[1] - b[1]) > 0 for a, b in itertools.combinations(pairs, 2))
    count = len(pairs) * (len(pairs) - 1) // 2
    return 2 * alike / count - 1


def verdicts(results):
    """Pairs (masked, dense) in equal memory and overlap that differ by more than the noise, and those decided alike."""
    decided = alike = 0
    dense = {(p['trace'], p['dram'], p['overlap']): r for p, r in results if p['policy'] == 'dense'}
    for p, r in results:
        other = dense.get((p['trace'], p['dram'], p['overlap']))
        if p['policy'] == 'dense' or other is None:
            continue
        if r['low'] > other['high'] * (1 + NOISE) or r['high'] < other['low'] * (1 - NOISE):
            decided += 1
            alike += (r['simulated'] > other['simulated']) == (r['executed'] > other['executed'])
    return decided, alike


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('-o', '--output', default='compare.csv')
    parser.add_argument('--rounds', type=int, default=2)
    parser.add_argument('--tokens', type=int, default=24)
    parser.add_argument('folder')
    parser.add_argument('profile')
    parser.add_argument('traces', nargs='+')
    args = parser.parse_args()
    profiles = {}
    for overlap in OVERLAPS:
        profiles[overlap] = Path(args.folder) / f'compared-{overlap}.yaml'
        profiles[overlap].write_text(f'extends: {Path(args.profile).resolve()}\nname: compared-{overlap}\noverlap: {overlap}\n')
    points = [p for trace in args.traces for p in grid(trace)]
    executed = [[] for _ in points]
    simulated = [None] * len(points)
    notes = [''] * len(points)
    for number in range(args.rounds):
        for i, p in enumerate(points):
            speeds, note = execute(p, args, profiles)
            notes[i] = note or notes[i]
            if speeds:
                simulated[i] = speeds[0]
                executed[i].append(speeds[1])
            print(f'round {number + 1}, {i + 1} of {len(points)}: {list(p.values())[1:]} {speeds or ""} {note}',
                  file=sys.stderr)
    for profile in profiles.values():
        profile.unlink()
    results = []
    with open(args.output, 'w', newline='') as out:
        writer = csv.writer(out, lineterminator='\n')
        writer.writerow(list(points[0]) + ['simulated_tokens_per_second', 'executed_tokens_per_second', 'executed_low',
                                           'executed_high', 'ratio', 'note'])
        for p, mine, runs, note in zip(points, simulated, executed, notes):
            if not runs:
                writer.writerow(list(p.values()) + [''] * 5 + [note])
                continue
            median = statistics.median(runs)
            results.append((p, dict(simulated=mine, executed=median, low=min(runs), high=max(runs))))
            writer.writerow(list(p.values()) + [mine, median, min(runs), max(runs), median / mine, note])
    if len(results) < 2:
        sys.exit('fewer than two points were executed; their messages are in ' + args.output)
    errors = sorted(abs(r['simulated'] / r['executed'] - 1) for _, r in results)
    noise = sorted(r['high'] / r['low'] - 1 for _, r in results)
    decided, alike = verdicts(results)
    print(f'{len(results)} of {len(points)} points executed, {args.rounds} times')
    print(f'error of the simulated speed: median {statistics.median(errors):.1%}, nine in ten within {errors[int(0.9 * (len(errors) - 1))]:.1%}')
    print(f'noise of equal executions: median {statistics.median(noise):.1%}, nine in ten within {noise[int(0.9 * (len(noise) - 1))]:.1%}')
    print(f'Kendall tau {tau([(r["simulated"], r["executed"]) for _, r in results]):.3f}')
    print(f'masked or dense: {alike} of {decided} pairs that differ by more than noise are decided alike')
    print(f'unequal counts: {sum(note.startswith("unequal") for note in notes)} points')


if __name__ == '__main__':
    main()
