#!/usr/bin/env python3
"""Recording against the prompt processing of llama.cpp: in turn, two threads each, as a ratio.

    python3 -m venv VENV && VENV/bin/pip install llama-cpp-python
    VENV/bin/python bench/recording.py MODEL.gguf IDS.i32le [rounds [block [tokens]]]

IDS.i32le holds at least so many little-endian int32 token ids (8,192). llama.cpp processes sequences of `block`
tokens (2,048, or the model's shorter context) in batches of at most 512, its model loaded and warm.
Dipper records the usual sites of a quarter of them and of all to disk, each in a process of its own; the difference of the two is its rate without the
start of the process, and the longer one alone its rate with everything. Small models need more tokens: a JVM compiles its loops while it runs.
"""
import array
import os
import statistics
import subprocess
import sys
import tempfile
import time

import llama_cpp as lc

SEQUENCE = int(sys.argv[4]) if len(sys.argv) > 4 else 2048
LONG = int(sys.argv[5]) if len(sys.argv) > 5 else 8192
SHORT, THREADS = LONG // 4, 2
BATCH = min(512, SEQUENCE)
DIPPER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "dipper")


def llama_context(model_path):
    lc.llama_log_set(SILENT, None)
    lc.llama_backend_init()
    model = lc.llama_model_load_from_file(model_path.encode(), lc.llama_model_default_params())
    params = lc.llama_context_default_params()
    params.n_ctx, params.n_batch, params.n_ubatch = SEQUENCE, BATCH, BATCH
    params.n_threads = params.n_threads_batch = THREADS
    return lc.llama_init_from_model(model, params)


@lc.llama_log_callback
def SILENT(level, text, user_data):
    pass


def llama_rate(context, ids):
    start = time.perf_counter()
    for first in range(0, len(ids), SEQUENCE):
        lc.llama_memory_clear(lc.llama_get_memory(context), True)
        for at in range(first, first + SEQUENCE, BATCH):
            part = (lc.llama_token * BATCH)(*ids[at : at + BATCH])
            if lc.llama_decode(context, lc.llama_batch_get_one(part, BATCH)) != 0:
                sys.exit("llama.cpp refused a batch")
    lc.llama_synchronize(context)
    return len(ids) / (time.perf_counter() - start)


def record_seconds(model_path, ids_path, tokens, folder):
    command = [DIPPER, "trace", "--model", model_path, "--ids", ids_path, "--tokens", str(tokens)]
    command += ["--block", str(SEQUENCE), "--threads", str(THREADS), "--quiet"]
    out = os.path.join(folder, "t.arrow")
    start = time.perf_counter()
    subprocess.run(command + ["-o", out], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    os.remove(out)
    return seconds


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    model_path, ids_path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    ids = array.array("i")
    with open(ids_path, "rb") as f:
        ids.frombytes(f.read(4 * LONG))
    if len(ids) < LONG:
        sys.exit(f"{ids_path}: {len(ids)} ids, {LONG} are needed")
    context = llama_context(model_path)
    llama_rate(context, ids[:SHORT])
    steady, whole, llama = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            llama.append(llama_rate(context, ids[:LONG]))
            short = record_seconds(model_path, ids_path, SHORT, folder)
            long = record_seconds(model_path, ids_path, LONG, folder)
            steady.append((LONG - SHORT) / (long - short))
            whole.append(LONG / long)
            print(f"llama.cpp {llama[-1]:.0f}, recording {steady[-1]:.0f}, with start-up {whole[-1]:.0f} tokens/s", flush=True)
    m = statistics.median
    print(f"median ratio to llama.cpp: recording {m(s / l for s, l in zip(steady, llama)):.2f}, with start-up {m(w / l for w, l in zip(whole, llama)):.2f}")


main()
