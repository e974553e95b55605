#!/usr/bin/env python3
"""Random reads of this machine's disk by `dipper hardware measure` and by fio, in turn.

    bench/measure_against_fio.py FOLDER [ROUNDS]

FOLDER is on the disk. Each round measures every size and number of lanes with the one, then with the
other, on files of the same size; printed are the medians of all rounds and what the first exceeds the
second by. Needs fio (Debian package) and ./dipper built.
"""
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = {'4KiB': 4096, '16KiB': 16384, '64KiB': 65536, '256KiB': 262144, '1MiB': 1048576}
LANES = [1, 4, 16]
FILE = '1GiB'
SECONDS = 0.5


def dipper(folder, work):
    root = Path(__file__).resolve().parent.parent
    profile = work / 'm.yaml'
    subprocess.run([root / 'dipper', 'hardware', 'measure', '-q', '--force', '--disk', folder, '--file-size', FILE,
                    '--sizes', ','.join(SIZES), '--lanes', ','.join(map(str, LANES)), '--seconds', str(SECONDS),
                    '--repeats', '1', '-o', profile], check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run([root / 'dipper', 'hardware', 'show', profile], check=True, capture_output=True, text=True)
    rows = [line for line in shown.stdout.splitlines() if 'throughput:' in line]
    values = {}
    for size, row in zip(SIZES, rows):
        cells = row[row.index('[') + 1:row.index(']')].split(',')
        for lanes, cell in zip(LANES, cells):
            values[size, lanes] = bandwidth(cell)
    return values


def bandwidth(text):
    number, unit = text.split()
    factors = {'B/s': 1, 'KB/s': 1e3, 'MB/s': 1e6, 'GB/s': 1e9, 'KiB/s': 2**10, 'MiB/s': 2**20, 'GiB/s': 2**30}
    return float(number) * factors[unit]


def fio(file):
    values = {}
    for size, block in SIZES.items():
        for lanes in LANES:
            out = subprocess.run(
                ['fio', '--name=r', f'--filename={file}', '--rw=randread', '--direct=1', '--ioengine=psync', '--thread',
                 f'--size={FILE}', f'--bs={block}', f'--numjobs={lanes}', '--group_reporting', '--time_based',
                 f'--runtime={SECONDS}', f'--ramp_time={0.2 * SECONDS}', '--norandommap', '--output-format=json'],
                check=True, capture_output=True, text=True).stdout
            values[size, lanes] = json.loads(out)['jobs'][0]['read']['bw_bytes']
    return values


def main():
    folder = Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ours, theirs = {}, {}
    with tempfile.TemporaryDirectory(dir=folder) as work:
        file = Path(work) / 'fio.bin'
        subprocess.run(['fio', '--name=w', f'--filename={file}', '--rw=write', '--bs=4M', f'--size={FILE}',
                        '--refill_buffers', '--end_fsync=1'], check=True, stdout=subprocess.DEVNULL)
        for _ in range(rounds):
            for values, all_values in ((dipper(folder, Path(work)), ours), (fio(file), theirs)):
                for key, value in values.items():
                    all_values.setdefault(key, []).append(value)
    print('size    lanes  dipper MB/s  fio MB/s  difference   spread of fio')
    for key in ours:
        mine, other = statistics.median(ours[key]), statistics.median(theirs[key])
        spread = (max(theirs[key]) - min(theirs[key])) / other
        print(f'{key[0]:7} {key[1]:5}  {mine / 1e6:11.1f}  {other / 1e6:8.1f}  {100 * (mine / other - 1):+9.1f}%  '
              f'{100 * spread:13.1f}%')


if __name__ == '__main__':
    main()
