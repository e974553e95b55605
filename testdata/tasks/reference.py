"""Log-likelihoods of a task's choices by Hugging Face transformers, in float32.

    python testdata/tasks/reference.py models/bookworm-3m-q8_0.gguf models/bookworm-3m \
        testdata/tasks/bookworm.jsonl > testdata/tasks/bookworm.dense.json

The weights are those of the GGUF file, decoded by the gguf package; the folder gives configuration
and tokenizer. Each choice is run behind its context as a sequence of its own.
"""

import json
import sys

import gguf
import torch
from transformers import AutoConfig, AutoModelForCausalLM
from tokenizers import Tokenizer

NAMES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}


def unpermuted(weight, heads):
    """Rotary pairs side by side, as GGUF has them, back to halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def weights(path, config):
    for tensor in gguf.GGUFReader(path).tensors:
        values = torch.tensor(gguf.quants.dequantize(tensor.data, tensor.tensor_type).copy())
        name = tensor.name.removesuffix(".weight")
        if name.startswith("blk."):
            _, layer, part = name.split(".")
            if part == "attn_q":
                values = unpermuted(values, config.num_attention_heads)
            if part == "attn_k":
                values = unpermuted(values, config.num_key_value_heads)
            yield f"model.layers.{layer}.{NAMES[part]}.weight", values
        elif name == "token_embd":
            yield "model.embed_tokens.weight", values
        elif name == "output_norm":
            yield "model.norm.weight", values
        elif name == "output":
            yield "lm_head.weight", values


def main(model_file, folder, items):
    config = AutoConfig.from_pretrained(folder)
    model = AutoModelForCausalLM.from_config(config).float().eval()
    missing, unexpected = model.load_state_dict(dict(weights(model_file, config)), strict=False)
    assert not unexpected and set(missing) <= {"lm_head.weight"}, (missing, unexpected)
    model.tie_weights()
    tokenizer = Tokenizer.from_file(folder + "/tokenizer.json")
    encode = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    right = right_by_length = 0
    all_likelihoods = []
    for line in open(items, encoding="utf-8"):
        item = json.loads(line)
        likelihoods = []
        for choice in item["choices"]:
            context = len(encode(item["context"]))
            ids = torch.tensor([encode(item["context"] + choice)])
            with torch.no_grad():
                scores = torch.log_softmax(model(ids).logits[0, :-1].double(), -1)
            each = scores.gather(1, ids[0, 1:, None])[context - 1 :]
            likelihoods.append(round(each.sum().item(), 6))
        by_length = [l / len(c.strip()) for l, c in zip(likelihoods, item["choices"])]
        right += likelihoods.index(max(likelihoods)) == item["answer"]
        right_by_length += by_length.index(max(by_length)) == item["answer"]
        all_likelihoods.append(likelihoods)
    result = {"right": right, "right_by_length": right_by_length}
    print(json.dumps({**result, "log_likelihoods": all_likelihoods}))


main(*sys.argv[1:])
