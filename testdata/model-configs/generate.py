"""Writes hf.json: configurations that people meet on the hub, and the NLL that transformers computes for each.

    python generate.py            # needs torch, transformers 5.x, safetensors and numpy

A configuration is a config.json; its weights come from tiny.py, in the names and shapes that transformers asks for
("layouts": tensor -> [scale, offset, shape]). "nll" is the mean over the tokens of "ids" behind the first, in nats.
"without" is that of a variant that ignores what the configuration is about; the two differ by at least MARGIN, or,
where the configuration is about something that must not matter ("same"), by nothing.
"""
import json, logging, pathlib, shutil, tempfile
import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import AutoConfig, AutoModelForCausalLM
from transformers.utils import logging as hf_logging
import tiny

HERE = pathlib.Path(__file__).resolve().parent
HIDDEN, INTERMEDIATE, LAYERS, HEADS, KV_HEADS, VOCABULARY, TOKENS = 64, 96, 3, 4, 2, 192, 64
WINDOW, HEAD_DIM = 11, HIDDEN // HEADS
MARGIN = 5e-4
EXPERTS = {"mixtral": "num_local_experts", "qwen3_moe": "num_experts", "olmoe": "num_experts"}
DROP = object()
IDS = tiny.token_ids(TOKENS, VOCABULARY)
hf_logging.set_verbosity_error()
hf_logging.disable_progress_bar()
logging.disable(logging.WARNING)
torch.set_num_threads(1)


def base(family, layers=LAYERS):
    """The keys that nearly every config.json has."""
    config = dict(
        model_type=family, hidden_size=HIDDEN, intermediate_size=INTERMEDIATE, num_hidden_layers=layers,
        num_attention_heads=HEADS, num_key_value_heads=KV_HEADS, vocab_size=VOCABULARY, max_position_embeddings=512,
        rms_norm_eps=1e-5, tie_word_embeddings=False, pad_token_id=0, bos_token_id=1, eos_token_id=2)
    if family in ("gemma3_text", "qwen3"):
        config["head_dim"] = HEAD_DIM
    if family in EXPERTS:
        config.update({EXPERTS[family]: 6, "num_experts_per_tok": 2})
    if family == "qwen3_moe":
        config["moe_intermediate_size"] = 48
    if family == "gemma3_text":
        config.update(query_pre_attn_scalar=HEAD_DIM, sliding_window=WINDOW, sliding_window_pattern=2)
    return config


def changed(config, changes):
    result = {**config, **changes}
    return {key: value for key, value in result.items() if value is not DROP}


def published(name, shape, family):
    """A tensor of a model that was saved: a matrix for each expert, though the library holds them as one."""
    layer, _, what = name.partition(".mlp.experts.")
    mixtral = family == "mixtral"
    prefix = layer + (".block_sparse_moe" if mixtral else ".mlp")
    if what == "gate_up_proj":
        parts = ("w1", "w3") if mixtral else ("gate_proj", "up_proj")
        experts, shape = shape[0], [shape[1] // 2, shape[2]]
    elif what == "down_proj":
        parts = ("w2",) if mixtral else ("down_proj",)
        experts, shape = shape[0], shape[1:]
    elif mixtral and ".mlp.gate." in name:
        return [(name.replace(".mlp.", ".block_sparse_moe."), shape)]
    else:
        return [(name, shape)]
    return [(f"{prefix}.experts.{e}.{part}.weight", shape) for e in range(experts) for part in parts]


def layout(config, keep=(), drop=(), stacked=False):
    """Names and formulas of the tensors that transformers wants for a configuration."""
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**json.loads(json.dumps(config))))
    text = config.get("text_config", config)
    gemma = text.get("model_type", config["model_type"]).startswith("gemma3")
    tied = set(model.all_tied_weights_keys) - set(keep)
    result = {}
    for name, tensor in model.state_dict().items():
        if name in tied or name in drop or "vision" in name or "multi_modal" in name:
            continue
        if name.endswith("norm.weight"):
            scale, offset = 0.3, 0 if gemma else 1
        elif name.endswith(".bias"):
            scale, offset = 0.5, 0
        elif "embed_tokens" in name:
            scale, offset = (0.25 if gemma else 0.9), 0
        else:
            scale, offset = (0.5 if "lm_head" in name else 0.28), 0
        shape = list(tensor.shape)
        for saved, saved_shape in [(name, shape)] if stacked else published(name, shape, config["model_type"]):
            result[saved] = [scale, offset, saved_shape]
    return result


def nll(config, tensors, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    save_file({n: tiny.values(n, *t) for n, t in tensors.items()}, folder / "model.safetensors", {"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config))
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        logits = model(torch.tensor([IDS])).logits[0].double()
    return torch.nn.functional.cross_entropy(logits[:-1], torch.tensor(IDS[1:])).item()


def main():
    import cases
    layouts, rows, wrong = {}, [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "model"
        for case in cases.all_cases():
            tensors = case["layout"] or layout(case["config"])
            value, other = nll(case["config"], tensors, folder), nll(case["without"], tensors, folder)
            difference = abs(value - other) / value
            if not (difference < 1e-7 if case["same"] else difference > MARGIN):
                wrong.append(f"{case['name']}: {value} and {other}")
            name = next((n for n, t in layouts.items() if t == tensors), None)
            if name is None:
                layouts[name := f"{case['family']}-{1 + sum(n.startswith(case['family'] + '-') for n in layouts)}"] = tensors
            row = dict(name=case["name"], layout=name, nll=value, without=other, config=case["config"])
            rows.append(row | ({"same": True} if case["same"] else {}))
            print(f"{value:9.6f} {other:9.6f} {case['name']}", flush=True)
    lines = lambda items: ",\n".join("  " + item for item in items)
    (HERE / "hf.json").write_text(
        '{"ids": %s,\n "layouts": {\n%s\n },\n "configurations": [\n%s\n ]}\n'
        % (json.dumps(IDS), lines(f"{json.dumps(n)}: {json.dumps(t)}" for n, t in layouts.items()),
           lines(json.dumps(row) for row in rows)))
    assert not wrong, "\n".join(wrong)
    print(len(rows), "configurations,", len(layouts), "layouts")


if __name__ == "__main__":
    main()
