"""Writes gguf.json: small GGUF models of each supported architecture, and the mean negative log-likelihood per
token that llama.cpp computes for them, in fp32 with an fp32 KV cache.

    python generate_gguf.py          (needs NumPy, gguf, llama-cpp-python)

No weights are stored: tiny.py makes them from the names of the tensors, by a centre and a spread (its offset and
scale). The token ids are read in two blocks of 48, each token predicted from those before it in its block.
"""
import ctypes
import json
import pathlib
import tempfile

import llama_cpp
import numpy as np
from gguf import GGUFWriter

import tiny

HIDDEN, INTERMEDIATE, HEADS, KV_HEADS, VOCABULARY, CONTEXT, BLOCK = 64, 96, 4, 2, 320, 256, 48
IDS = np.array(tiny.token_ids(2 * BLOCK, VOCABULARY), dtype=np.int32)


# ---- the models ---------------------------------------------------------------------------------------------


def model(architecture, *keys, tensors=(), layers=None, head_dim=None, biases="", tied=False, fused=False, experts=0, width=INTERMEDIATE):
    """keys: (type, name, value), which replace those of the same name; a value of None removes one."""
    gemma, phi = architecture == "gemma3", architecture == "phi3"
    layers = layers or (7 if gemma else 3)
    head_width = head_dim or HIDDEN // HEADS
    metadata = {
        "context_length": ["uint32", CONTEXT],
        "embedding_length": ["uint32", HIDDEN],
        "block_count": ["uint32", layers],
        "feed_forward_length": ["uint32", INTERMEDIATE],
        "attention.head_count": ["uint32", HEADS],
        "attention.head_count_kv": ["uint32", kv_heads(architecture)],
        "attention.layer_norm_rms_epsilon": ["float32", 1e-5],
        "rope.freq_base": ["float32", 1000000.0 if gemma else 10000.0],
        "vocab_size": ["uint32", VOCABULARY],
    }
    if head_dim:
        metadata["attention.key_length"] = metadata["attention.value_length"] = ["uint32", head_dim]
    if experts:
        metadata["expert_count"], metadata["expert_used_count"] = ["uint32", experts], ["uint32", 2]
    if gemma:
        metadata["attention.sliding_window"] = ["uint32", 11]
    for kind, name, value in keys:
        metadata.pop(name, None)
        if value is not None:
            metadata[name] = [kind, value]
    outer = [["token_embd.weight", [HIDDEN, VOCABULARY], 0, 0.3 if gemma else 0.8], ["output_norm.weight", [HIDDEN], 1, 0.3]]
    if not tied and not gemma:
        outer.append(["output.weight", [HIDDEN, VOCABULARY], 0, 0.5])
    return {
        "architecture": architecture,
        "layers": layers,
        "metadata": [[kind, name, value] for name, (kind, value) in metadata.items()],
        "outer": outer + [list(t) for t in tensors],
        "layer": layer(architecture, head_width, biases, fused or phi, experts, width),
    }


def kv_heads(architecture):
    """llama.cpp runs olmoe with as many as heads only."""
    return HEADS if architecture == "olmoe" else KV_HEADS


def layer(architecture, width, biases, fused, experts, expert_width):
    query, key = HEADS * width, kv_heads(architecture) * width
    rows = {"attn_q": query, "attn_k": key, "attn_v": key}
    if fused:
        rows = {"attn_qkv": query + 2 * key}
    tensors = [["attn_norm.weight", [HIDDEN], 1, 0.3]]
    tensors += [[name + ".weight", [HIDDEN, n], 0, 0.28] for name, n in rows.items()]
    if "qkv" in biases.split() or architecture == "qwen2":
        tensors += [[name + ".bias", [n], 0, 0.4] for name, n in rows.items()]
    if "o" in biases.split():
        tensors.append(["attn_output.bias", [HIDDEN], 0, 0.4])
    if architecture == "olmoe":
        tensors += [["attn_q_norm.weight", [query], 1, 0.3], ["attn_k_norm.weight", [key], 1, 0.3]]
    if architecture in ("qwen3", "qwen3moe", "gemma3"):
        tensors += [["attn_q_norm.weight", [width], 1, 0.3], ["attn_k_norm.weight", [width], 1, 0.3]]
    tensors += [["attn_output.weight", [query, HIDDEN], 0, 0.28], ["ffn_norm.weight", [HIDDEN], 1, 0.3]]
    if architecture == "gemma3":
        tensors += [["post_attention_norm.weight", [HIDDEN], 1, 0.3], ["post_ffw_norm.weight", [HIDDEN], 1, 0.3]]
    if experts:
        tensors.append(["ffn_gate_inp.weight", [HIDDEN, experts], 0, 0.28])
        tensors += [[f"ffn_{name}_exps.weight", [HIDDEN, expert_width, experts], 0, 0.28] for name in ("gate", "up")]
        return tensors + [["ffn_down_exps.weight", [expert_width, HIDDEN, experts], 0, 0.28]]
    if architecture == "phi3":
        tensors.append(["ffn_up.weight", [HIDDEN, 2 * INTERMEDIATE], 0, 0.28])
    else:
        tensors += [[f"ffn_{name}.weight", [HIDDEN, INTERMEDIATE], 0, 0.28] for name in ("gate", "up")]
    tensors.append(["ffn_down.weight", [INTERMEDIATE, HIDDEN], 0, 0.28])
    if "mlp" in biases.split():
        tensors += [[f"ffn_{name}.bias", [n], 0, 0.4] for name, n in (("gate", INTERMEDIATE), ("up", INTERMEDIATE), ("down", HIDDEN))]
    return tensors


def yarn(factor, original=None):
    keys = [("string", "rope.scaling.type", "yarn"), ("float32", "rope.scaling.factor", factor)]
    return keys + ([("uint32", "rope.scaling.original_context_length", original)] if original else [])


FREQUENCIES = ["rope_freqs.weight", [8], 4, 3]
LONG_SHORT = (["rope_factors_long.weight", [8], 4, 3], ["rope_factors_short.weight", [8], 2, 1])
PATTERN = [True, True, False, True, True, False, True]
LINEAR = ("float32", "rope.scaling.factor", 4.0)
LONGROPE = ("string", "rope.scaling.type", "longrope")


def original(tokens):
    return "uint32", "rope.scaling.original_context_length", tokens


CASES = {
    "llama": model("llama"),
    "llama-tied": model("llama", tied=True),
    "llama-grouped-to-one": model("llama", ("array", "attention.head_count_kv", [2, 2, 2]), ("array", "attention.head_count", [4, 4, 4]), ("array", "feed_forward_length", [96, 96, 96])),
    "llama-head-dim": model("llama", head_dim=32),
    "llama-factor-without-type": model("llama", LINEAR),
    "llama-old-linear": model("llama", ("float32", "rope.scale_linear", 4.0)),
    "llama-type-none-with-factor": model("llama", ("string", "rope.scaling.type", "none"), LINEAR),
    "llama-linear": model("llama", ("string", "rope.scaling.type", "linear"), LINEAR, ("bool", "rope.scaling.finetuned", True)),
    "llama-yarn": model("llama", *yarn(4.0, 200), ("float32", "rope.freq_base", 100.0)),
    "llama-yarn-of-the-context": model("llama", *yarn(8.0), ("float32", "rope.freq_base", 300.0)),
    "llama-yarn-attn-factor": model("llama", *yarn(4.0, 64), ("float32", "rope.scaling.attn_factor", 1.5)),
    "llama-attn-factor": model("llama", ("float32", "rope.scaling.attn_factor", 1.5)),
    "llama3-frequencies": model("llama", ("float32", "rope.freq_base", 500000.0), tensors=[FREQUENCIES]),
    "llama3-frequencies-linear": model("llama", LINEAR, tensors=[FREQUENCIES]),
    "llama3-frequencies-yarn": model("llama", *yarn(4.0, 200), ("float32", "rope.freq_base", 100.0), tensors=[FREQUENCIES]),
    "llama-longrope-long": model("llama", LONGROPE, original(16), tensors=LONG_SHORT),
    "llama-longrope-factor": model("llama", LONGROPE, LINEAR, original(16), tensors=LONG_SHORT),
    "llama-biases": model("llama", biases="qkv o mlp"),
    "llama-fused": model("llama", fused=True),
    "llama-defaults": model("llama", ("float32", "rope.freq_base", None)),
    "llama-epsilon": model("llama", ("float32", "attention.layer_norm_rms_epsilon", 0.3)),
    "phi3": model("phi3"),
    "phi3-window-that-does-nothing": model("phi3", ("uint32", "attention.sliding_window", 11)),
    "phi3-partial": model("phi3", ("uint32", "rope.dimension_count", 8)),
    "phi3-longrope-short": model("phi3", ("float32", "rope.scaling.attn_factor", 1.19), tensors=LONG_SHORT),
    "phi3-longrope-long": model("phi3", original(16), ("float32", "rope.scaling.attn_factor", 1.19), tensors=LONG_SHORT),
    "phi3-fused-bias": model("phi3", biases="qkv"),
    "phi3-tied-partial-longrope": model("phi3", original(16), ("uint32", "rope.dimension_count", 16), tied=True, tensors=LONG_SHORT),
    "qwen2": model("qwen2"),
    "qwen2-tied-theta": model("qwen2", ("float32", "rope.freq_base", 1000000.0), tied=True),
    "qwen2-yarn": model("qwen2", *yarn(4.0, 200), ("float32", "rope.freq_base", 100.0)),
    "qwen2-output-bias": model("qwen2", tensors=[["output.bias", [VOCABULARY], 0, 0.5]]),
    "qwen3": model("qwen3"),
    "qwen3-head-dim": model("qwen3", head_dim=32, tied=True),
    "qwen3-yarn": model("qwen3", *yarn(4.0, 200), ("float32", "rope.freq_base", 100.0), head_dim=32),
    "qwen3-bias": model("qwen3", biases="qkv"),
    "gemma3": model("gemma3"),
    "gemma3-without-window": model("gemma3", ("uint32", "attention.sliding_window", None)),
    "gemma3-window-0": model("gemma3", ("uint32", "attention.sliding_window", 0), ("float32", "rope.freq_base_swa", 300.0)),
    "gemma3-pattern": model("gemma3", ("uint32", "attention.sliding_window_pattern", 3)),
    "gemma3-pattern-array": model("gemma3", ("array", "attention.sliding_window_pattern", PATTERN)),
    "gemma3-pattern-array-irregular": model("gemma3", ("array", "attention.sliding_window_pattern", [False, True, True, True, False, False, True])),
    "gemma3-soft-cap": model("gemma3", ("float32", "final_logit_softcapping", 5.0)),
    "gemma3-local-theta": model("gemma3", ("float32", "rope.freq_base_swa", 300.0)),
    "gemma3-linear": model("gemma3", ("string", "rope.scaling.type", "linear"), ("float32", "rope.scaling.factor", 8.0), ("uint32", "attention.sliding_window_pattern", 3)),
    "gemma3-yarn": model("gemma3", *yarn(4.0, 200), ("float32", "rope.freq_base", 100.0), ("uint32", "attention.sliding_window_pattern", 2)),
    "gemma3-attn-factor": model("gemma3", ("float32", "rope.scaling.attn_factor", 1.5)),
    "gemma3-partial": model("gemma3", ("uint32", "rope.dimension_count", 8)),
    "gemma3-head-dim-untied": model("gemma3", head_dim=32, tensors=[["output.weight", [HIDDEN, VOCABULARY], 0, 0.5]]),
    "llama-experts": model("llama", experts=8),
    "llama-experts-one-used": model("llama", ("uint32", "expert_used_count", 1), experts=8, tied=True),
    "llama-experts-frequencies-biases": model("llama", ("float32", "rope.freq_base", 500000.0), experts=8, biases="qkv o", tensors=[FREQUENCIES]),
    "llama-experts-scale-that-does-nothing": model("llama", ("float32", "expert_weights_scale", 1.0), ("uint32", "expert_group_count", 1), ("uint32", "expert_gating_func", 1), experts=8),
    "qwen3moe": model("qwen3moe", ("uint32", "expert_feed_forward_length", 48), experts=8, width=48),
    "qwen3moe-width-by-used": model("qwen3moe", experts=8, width=INTERMEDIATE // 2),
    "qwen3moe-head-dim-yarn": model("qwen3moe", *yarn(4.0, 200), ("float32", "rope.freq_base", 100.0), ("uint32", "expert_used_count", 3), experts=8, width=32, head_dim=32, tied=True),
    "olmoe": model("olmoe", experts=8),
    "olmoe-all-used": model("olmoe", ("uint32", "expert_used_count", 5), experts=5),
    "gemma3-62-layers": model("gemma3", layers=62, head_dim=32),
}


# ---- llama.cpp ----------------------------------------------------------------------------------------------


def write(path, case):
    writer = GGUFWriter(str(path), case["architecture"])
    writer.add_string("tokenizer.ggml.model", "none")
    for kind, name, value in case["metadata"]:
        getattr(writer, "add_" + kind)(case["architecture"] + "." + name, value)
    names = [[f"blk.{n}.{name}", *rest] for n in range(case["layers"]) for name, *rest in case["layer"]]
    for name, dimensions, centre, spread in case["outer"] + names:
        writer.add_tensor(name, tiny.values(name, spread, centre, dimensions[::-1]))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def logits(path):
    """llama.cpp's, of each block on its own."""
    loading = llama_cpp.llama_model_default_params()
    loaded = llama_cpp.llama_model_load_from_file(str(path).encode(), loading)
    if not loaded:
        raise ValueError("llama.cpp refuses the model")
    options = llama_cpp.llama_context_default_params()
    options.n_ctx = options.n_batch = options.n_ubatch = BLOCK
    options.type_k = options.type_v = llama_cpp.GGML_TYPE_F32
    options.flash_attn_type = 0
    context = llama_cpp.llama_init_from_model(loaded, options)
    batch = llama_cpp.llama_batch_init(BLOCK, 0, 1)
    batch.n_tokens = BLOCK
    for start in range(0, len(IDS), BLOCK):
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(context), True)
        for i in range(BLOCK):
            batch.token[i], batch.pos[i], batch.logits[i] = int(IDS[start + i]), i, 1
            batch.n_seq_id[i], batch.seq_id[i][0] = 1, 0
        if llama_cpp.llama_decode(context, batch):
            raise ValueError("llama.cpp decodes nothing")
        values = np.ctypeslib.as_array(llama_cpp.llama_get_logits(context), (BLOCK, VOCABULARY))
        yield IDS[start : start + BLOCK], values.astype(np.float64)
    llama_cpp.llama_batch_free(batch)
    llama_cpp.llama_free(context)
    llama_cpp.llama_model_free(loaded)


def nll(path):
    losses = []
    for ids, rows in logits(path):
        highest = rows.max(axis=1)
        normaliser = highest + np.log(np.exp(rows - highest[:, None]).sum(axis=1))
        losses += [normaliser[i] - rows[i, ids[i + 1]] for i in range(BLOCK - 1)]
    return float(np.mean(losses))


@llama_cpp.llama_log_callback
def say_nothing(level, text, data):
    pass


def main():
    llama_cpp.llama_log_set(say_nothing, ctypes.c_void_p(0))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.gguf"
        for name, case in CASES.items():
            write(path, case)
            case["nll"] = round(nll(path), 7)
            print(name, case["nll"], flush=True)
    lines = [f"{json.dumps(name)}: {json.dumps(case, separators=(',', ':'))}" for name, case in CASES.items()]
    target = pathlib.Path(__file__).with_name("gguf.json")
    target.write_text(f'{{"ids": {json.dumps(IDS.tolist())},\n"models": {{\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()
