"""The configurations of hf.json: for each a name, what it changes, and what a reader that ignores it would see."""
from generate import DROP, HEAD_DIM, HEADS, KV_HEADS, LAYERS, WINDOW, base, changed, layout

FAMILIES = ("llama", "mistral", "phi3", "qwen2", "qwen3", "gemma3_text")
NOT_PHI = [f for f in FAMILIES if f != "phi3"]
FLAT = [f for f in FAMILIES if f != "gemma3_text"]
WHOLE = [f for f in FLAT if f != "phi3"]
LINEAR = {"rope_type": "linear", "factor": 4.0}
DYNAMIC = {"rope_type": "dynamic", "factor": 3.0}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32}
LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 64}
DIVISORS = {"short_factor": [1.0, 1.1, 1.3, 1.5, 1.8, 2.0, 3.0, 4.0], "long_factor": [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0]}
LONG = {"rope_type": "longrope", **DIVISORS}


def case(name, family, changes, without=None, layers=LAYERS, same=False, keep=(), drop=(), stacked=False):
    """without: changes to the changed configuration; where absent, the unchanged one is meant."""
    start = base(family, layers)
    config = changed(start, changes)
    other = start if without is None else changed(config, without)
    tensors = layout(config, keep, drop, stacked)
    return dict(name=f"{family}: {name}", family=family, config=config, without=other, layout=tensors, same=same)


def rope_cases():
    plain = {"rope_scaling": DROP, "rope_parameters": DROP}
    for f in FLAT:
        yield case("rope_theta at the top", f, {"rope_theta": 300.0})
        yield case("rope_theta among rope_parameters", f, {"rope_parameters": {"rope_type": "default", "rope_theta": 300.0}})
        yield case("rope_theta beside rope_parameters without one", f, {"rope_theta": 300, "rope_parameters": {"rope_type": "default"}})
    for f in WHOLE:
        yield case("linear, older keys", f, {"rope_scaling": {"type": "linear", "factor": 4.0}}, plain)
        yield case("dynamic beyond the context", f, {"max_position_embeddings": 32, "rope_parameters": {**DYNAMIC, "rope_theta": 10000.0}}, plain)
        yield case("yarn", f, {"max_position_embeddings": 128, "rope_scaling": {**YARN, "rope_theta": 5000.0}}, plain)
    yield case("linear, newer keys", "llama", {"rope_parameters": {**LINEAR, "rope_theta": 500.0}}, {"rope_parameters": {"rope_theta": 500.0}})
    yield case("rope_scaling goes before rope_parameters", "llama", {"rope_scaling": LINEAR, "rope_parameters": {"rope_type": "default", "rope_theta": 9.0}}, {"rope_scaling": DROP})
    yield case("rope_theta among rope_scaling goes before the top", "qwen2", {"rope_theta": 7.0, "rope_scaling": {**LINEAR, "rope_theta": 400.0}}, {"rope_scaling": LINEAR})
    yield case("dynamic within the context is none", "llama", {"rope_scaling": {"type": "dynamic", "factor": 3.0}}, plain, same=True)
    yield case("llama3", "llama", {"rope_theta": 500000.0, "rope_scaling": LLAMA3}, plain)
    yield case("llama3, its original context at the top", "llama", {"original_max_position_embeddings": 16, "rope_parameters": {**LLAMA3, "rope_theta": 1000.0}}, {"original_max_position_embeddings": DROP})
    yield case("longrope within", "llama", {"original_max_position_embeddings": 64, "rope_scaling": LONG}, plain)
    yield case("longrope beyond", "qwen3", {"rope_scaling": {**LONG, "original_max_position_embeddings": 63}}, {"rope_scaling": {**LONG, "original_max_position_embeddings": 64}})
    yield case("longrope with its own factor", "mistral", {"rope_scaling": {**LONG, "original_max_position_embeddings": 32, "factor": 32.0}}, {"rope_scaling": {**LONG, "original_max_position_embeddings": 32}})
    yield from yarn_cases()


def yarn_cases():
    for name, keys in {
        "attention_factor": {"attention_factor": 1.4},
        "betas": {"beta_fast": 8, "beta_slow": 2},
        "mscale": {"mscale": 1.2, "mscale_all_dim": 0.4},
        "without truncation": {"truncate": False, "beta_fast": 3.0},
    }.items():
        other = {k: v for k, v in keys.items() if k == "beta_fast" and "truncate" in keys}
        yield case("yarn, " + name, "llama", {"rope_scaling": {**YARN, **keys}}, {"rope_scaling": {**YARN, **other}})
    yield case("yarn, mscale alone does not count", "llama", {"rope_scaling": {**YARN, "mscale": 2.0}}, {"rope_scaling": YARN}, same=True)
    yield case("yarn, a null factor is the ratio of contexts", "qwen2", {"max_position_embeddings": 256, "rope_scaling": {**YARN, "factor": None}}, {"rope_scaling": {**YARN, "factor": 4.0}})
    yield case("yarn, its original context at the top", "qwen3", {"original_max_position_embeddings": 100, "rope_parameters": {**YARN, "rope_theta": 10000.0}}, {"original_max_position_embeddings": DROP})
    yield case("yarn, its original context left out", "qwen2", {"max_position_embeddings": 100, "rope_scaling": {"type": "yarn", "factor": 4.0}}, {"rope_scaling": YARN})


def phi3_cases():
    small = {"short_factor": [1.0, 1.3, 1.8], "long_factor": [1.0, 4.0, 16.0]}
    plain = {"rope_scaling": DROP}
    yield case("without rms_norm_eps", "phi3", {"rms_norm_eps": DROP}, {"rms_norm_eps": 1e-2})
    yield case("part of a head, at the top", "phi3", {"partial_rotary_factor": 0.5}, {"partial_rotary_factor": DROP})
    yield case("part of a head, among rope_parameters", "phi3", {"rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": 0.75}}, {"rope_parameters": DROP})
    for kind in ("longrope", "su", "yarn"):
        yield case(f"LongRoPE as {kind}", "phi3", {"original_max_position_embeddings": 32, "rope_scaling": {"type": kind, **DIVISORS, "original_max_position_embeddings": 99}}, plain)
    yield case("LongRoPE within its original context", "phi3", {"original_max_position_embeddings": 64, "rope_scaling": {"type": "longrope", **DIVISORS}}, plain)
    yield case("LongRoPE, 4096 tokens where no key says", "phi3", {"max_position_embeddings": 8192, "rope_scaling": {"type": "longrope", **DIVISORS, "original_max_position_embeddings": 32}}, {"original_max_position_embeddings": 32})
    yield case("LongRoPE over a part of a head", "phi3", {"original_max_position_embeddings": 32, "partial_rotary_factor": 0.375, "rope_scaling": {"type": "longrope", **small}}, plain)
    yield case("LongRoPE with attention_factor", "phi3", {"original_max_position_embeddings": 32, "rope_scaling": {"type": "longrope", **DIVISORS, "attention_factor": 1.0}}, {"rope_scaling": {"type": "longrope", **DIVISORS}})


def window_cases():
    for f in ("mistral", "phi3"):
        yield case("window in every layer", f, {"sliding_window": WINDOW})
    yield case("a window of null", "mistral", {"sliding_window": None}, {"sliding_window": WINDOW})
    for f in ("qwen2", "qwen3"):
        window = {"use_sliding_window": True, "sliding_window": WINDOW}
        yield case("window from layer 1 on", f, {**window, "max_window_layers": 1}, {"max_window_layers": 0})
        yield case("window in every layer", f, {**window, "max_window_layers": 0}, {"max_window_layers": 3})
        yield case("no window below 28 layers where no key says", f, window, {"max_window_layers": 0})
        yield case("window by layer_types", f, {**window, "layer_types": ["sliding_attention", "full_attention", "sliding_attention"]}, {"layer_types": DROP, "max_window_layers": 1})
        yield case("a window that is not used", f, {"use_sliding_window": False, "sliding_window": WINDOW, "max_window_layers": 0}, {"use_sliding_window": True})
    yield case("window by layer_types", "mistral", {"head_dim": HEAD_DIM, "sliding_window": WINDOW, "layer_types": ["full_attention", "sliding_attention", "full_attention"]}, {"layer_types": DROP})
    yield case("layer_types of ministral", "ministral", {"head_dim": HEAD_DIM, "sliding_window": WINDOW, "layer_types": ["sliding_attention", "full_attention", "full_attention"]}, {"layer_types": DROP})
    yield case("a window is nothing to it", "llama", {"sliding_window": WINDOW}, {"sliding_window": DROP}, same=True)


def gemma3_cases():
    g = "gemma3_text"
    local = lambda n: ["sliding_attention" if (i + 1) % n else "full_attention" for i in range(LAYERS)]
    rope = lambda full, sliding: {"rope_parameters": {"full_attention": full, "sliding_attention": sliding}}
    million, ten = {"rope_type": "default", "rope_theta": 1e6}, {"rope_type": "default", "rope_theta": 1e4}
    yield case("every sixth layer full where no key says", g, {"sliding_window_pattern": DROP}, {"sliding_window_pattern": 2}, layers=7)
    yield case("pattern of three", g, {"sliding_window_pattern": 3})
    yield case("layer_types go before the pattern", g, {"layer_types": ["full_attention", "sliding_attention", "sliding_attention"]})
    yield case("_sliding_window_pattern is nothing to it", g, {"_sliding_window_pattern": 3}, same=True)
    yield case("another window", g, {"sliding_window": 5})
    yield case("rope_theta at the top", g, {"rope_theta": 300.0})
    yield case("rope_local_base_freq", g, {"rope_local_base_freq": 100.0})
    yield case("linear in the full layers, older keys", g, {"rope_scaling": {"rope_type": "linear", "factor": 8.0}})
    yield case("rope_scaling's type is overruled", g, {"rope_scaling": {"type": "linear", "factor": 8.0}}, same=True)
    yield case("parameters by layer type", g, rope({"rope_type": "default", "rope_theta": 300.0}, {"rope_type": "default", "rope_theta": 77.0}))
    yield case("linear in both kinds of layers", g, rope({**million, **LINEAR}, {**ten, **LINEAR}), rope({**million, **LINEAR}, ten))
    yield case("yarn in the full layers", g, rope({"rope_theta": 1e6, **YARN}, ten), rope(million, ten))
    yield case("dynamic in the local layers", g, {"max_position_embeddings": 32, **rope(million, {"rope_theta": 1e4, **DYNAMIC})}, rope(million, ten))
    yield case("llama3 in the full layers", g, rope({**LLAMA3, "rope_theta": 1e4}, ten), rope({"rope_type": "default", "rope_theta": 1e4}, ten))
    yield case("tops beside parameters without bases", g, {"rope_theta": 400.0, "rope_local_base_freq": 90.0, **rope({"rope_type": "default"}, {"rope_type": "default"})})
    yield case("query_pre_attn_scalar", g, {"query_pre_attn_scalar": 100})
    yield case("query_pre_attn_scalar where no key says", g, {"query_pre_attn_scalar": DROP}, {"query_pre_attn_scalar": HEAD_DIM})
    yield case("final_logit_softcapping", g, {"final_logit_softcapping": 3.0})
    yield case("attn_logit_softcapping is not applied", g, {"attn_logit_softcapping": 2.0}, same=True)
    yield case("tied where no key says", g, {"tie_word_embeddings": DROP}, {"pad_token_id": DROP}, same=True)
    yield case("attention_bias", g, {"attention_bias": True}, {"attention_bias": False})
    yield case("gelu", g, {"hidden_activation": "gelu"}, {"hidden_activation": "silu"})
    yield case("hidden_act is nothing to it", g, {"hidden_act": "silu"}, same=True)
    yield case("head_dim of 256 where no key says", g, {"head_dim": DROP, "query_pre_attn_scalar": 256}, {"query_pre_attn_scalar": 16})


def activation_cases():
    for act in ("gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "quick_gelu", "relu", "relu2"):
        yield case(act, "llama", {"hidden_act": act}, {"hidden_act": "silu"})
    yield case("gelu", "qwen2", {"hidden_act": "gelu"}, {"hidden_act": "silu"})
    yield case("relu", "mistral", {"hidden_act": "relu"}, {"hidden_act": "silu"})
    yield case("gelu_pytorch_tanh", "phi3", {"hidden_act": "gelu_pytorch_tanh"}, {"hidden_act": "silu"})
    yield case("swish", "qwen3", {"hidden_act": "swish"}, {"hidden_act": "silu"}, same=True)


def matrix_cases():
    for f in ("llama", "qwen3"):
        yield case("attention_bias", f, {"attention_bias": True}, {"attention_bias": False})
    yield case("mlp_bias", "llama", {"mlp_bias": True}, {"mlp_bias": False})
    yield case("both biases", "llama", {"attention_bias": True, "mlp_bias": True}, {"mlp_bias": False})
    yield case("biases are always there", "qwen2", {"attention_bias": False}, {"attention_bias": True}, same=True)
    yield case("attention_bias is nothing to it", "mistral", {"attention_bias": True}, {"attention_bias": DROP}, same=True)
    yield case("head_dim of its own", "llama", {"head_dim": 24}, {"head_dim": 24, "rope_theta": 300.0})
    yield case("head_dim of null", "llama", {"head_dim": None}, {"head_dim": DROP}, same=True)
    yield case("head_dim of its own", "qwen2", {"head_dim": 32}, {"head_dim": 32, "rope_theta": 300.0})
    yield case("head_dim of 128 where no key says", "qwen3", {"head_dim": DROP}, {"rope_theta": 300.0})
    yield case("as many kv heads as heads where no key says", "llama", {"num_key_value_heads": DROP}, {"num_key_value_heads": HEADS}, same=True)
    yield case("as many kv heads as heads where null says", "qwen2", {"num_key_value_heads": None}, {"num_key_value_heads": HEADS}, same=True)
    yield case("without rms_norm_eps", "llama", {"rms_norm_eps": DROP}, {"rms_norm_eps": 1e-6}, same=True)
    yield case("a large rms_norm_eps", "qwen3", {"rms_norm_eps": 0.5})
    for f in ("llama", "qwen2", "phi3"):
        yield case("tied", f, {"tie_word_embeddings": True}, {"rope_theta": 300.0})
    for f in ("llama", "gemma3_text"):
        yield case("tied, but with a head of its own", f, {"tie_word_embeddings": True}, {"tie_word_embeddings": False}, same=True, keep=("lm_head.weight",))
    yield case("tied, with a head and no embedding", "llama", {"tie_word_embeddings": True}, {"rope_theta": 300.0}, keep=("lm_head.weight",), drop=("model.embed_tokens.weight",))
    yield case("the keys of other families are nothing to it", "llama", {"partial_rotary_factor": 0.5, "query_pre_attn_scalar": 9, "final_logit_softcapping": 3.0, "hidden_activation": "relu", "attention_multiplier": 0.5, "logits_scaling": 8.0, "use_sliding_window": True, "layer_norm_eps": 0.5}, same=True)
    yield case("what training alone reads", "llama", {"attention_dropout": 0.5, "initializer_range": 0.5, "pretraining_tp": 2, "use_cache": False, "torch_dtype": "float32"}, same=True)


def multipart_cases():
    vision = {"model_type": "siglip_vision_model", "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "image_size": 28, "patch_size": 14}
    text = base("gemma3_text")
    del text["tie_word_embeddings"]
    for name, tops in {"text_config": {}, "the head is tied at the top": {"tie_word_embeddings": True}}.items():
        config = {"model_type": "gemma3", "vision_config": vision, "text_config": text, "hidden_size": 99, "rope_theta": 9.0, "mm_tokens_per_image": 4, **tops}
        other = {**config, "text_config": {**text, "rope_theta": 300.0}}
        yield dict(name="gemma3: " + name, family="gemma3", config=config, without=other, layout=layout(config), same=False)


def expert_cases():
    one = {"num_experts_per_tok": 1}
    families = ("mixtral", "qwen3_moe", "olmoe")
    for f in families:
        count = "num_local_experts" if f == "mixtral" else "num_experts"
        alias = "num_experts" if f == "mixtral" else "num_local_experts"
        yield case("three experts of a token", f, {"num_experts_per_tok": 3})
        yield case("the experts of a layer in one tensor", f, {}, one, stacked=True)
        yield case(f"{alias}", f, {count: DROP, alias: 5}, one)
        yield case(f"{alias} beside {count}", f, {alias: 5}, one)
        yield case("gelu", f, {"hidden_act": "gelu"}, {"hidden_act": "silu"})
        yield case("yarn", f, {"head_dim": HEAD_DIM, "max_position_embeddings": 128, "rope_scaling": {**YARN, "rope_theta": 5000.0}}, {"rope_scaling": DROP})
        yield case("a large rms_norm_eps", f, {"rms_norm_eps": 0.5})
        yield case("without rms_norm_eps", f, {"rms_norm_eps": DROP}, {"rms_norm_eps": 1e-2})
        yield case("router_aux_loss_coef and output_router_logits are nothing", f, {"router_aux_loss_coef": 3.0, "output_router_logits": True}, same=True)
        yield case("tied", f, {"tie_word_embeddings": True}, one)
    yield case("two experts of a token, of eight, where no key says", "mixtral", {"num_experts_per_tok": DROP, "num_local_experts": DROP}, one)
    yield case("eight experts of a token where no key says", "qwen3_moe", {"num_experts_per_tok": DROP, "num_experts": 9}, one)
    yield case("eight experts of a token where no key says", "olmoe", {"num_experts_per_tok": DROP, "num_experts": 9}, one)
    yield from mixtral_cases()
    yield from qwen3_moe_cases()
    yield from olmoe_cases()


def mixtral_cases():
    f = "mixtral"
    yield case("a million as rope_theta where no key says", f, {}, {"rope_theta": 10000.0})
    yield case("window in every layer", f, {"sliding_window": WINDOW})
    yield case("head_dim of its own", f, {"head_dim": 24}, {"rope_theta": 300.0})
    yield case("head_dim of null", f, {"head_dim": None}, {"head_dim": DROP}, same=True)
    yield case("attention_bias is nothing to it", f, {"attention_bias": True}, {"attention_bias": DROP}, same=True)
    yield case("norm_topk_prob is nothing to it", f, {"norm_topk_prob": False}, {"norm_topk_prob": DROP}, same=True)
    yield case("router_jitter_noise is of training", f, {"router_jitter_noise": 0.5}, same=True)


def qwen3_moe_cases():
    f, one = "qwen3_moe", {"num_experts_per_tok": 1}
    window = {"use_sliding_window": True, "sliding_window": WINDOW}
    yield case("norm_topk_prob", f, {"norm_topk_prob": True})
    yield case("not renormalised where no key says", f, {"norm_topk_prob": DROP}, {"norm_topk_prob": True})
    yield case("mlp_only_layers", f, {"mlp_only_layers": [0, 2]}, one)
    yield case("decoder_sparse_step", f, {"decoder_sparse_step": 2}, one, layers=4)
    yield case("both, and a layer that is not there", f, {"decoder_sparse_step": 2, "mlp_only_layers": [3, 9]}, one, layers=4)
    yield case("no experts", f, {"num_experts": 0}, {"rope_theta": 300.0})
    yield case("window in every layer", f, window, {"use_sliding_window": False})
    yield case("max_window_layers is nothing to it", f, {**window, "max_window_layers": 1}, {"max_window_layers": DROP}, same=True)
    yield case("a window that is not used", f, {"sliding_window": WINDOW}, same=True)
    yield case("attention_bias", f, {"attention_bias": True}, {"attention_bias": False})
    yield case("head_dim of its own", f, {"head_dim": 24}, {"rope_theta": 300.0})


def olmoe_cases():
    f = "olmoe"
    yield case("norm_topk_prob", f, {"norm_topk_prob": True})
    yield case("not renormalised where no key says", f, {"norm_topk_prob": DROP}, {"norm_topk_prob": True})
    yield case("clip_qkv", f, {"clip_qkv": 0.4})
    yield case("as many kv heads as heads where no key says", f, {"num_key_value_heads": DROP}, {"rope_theta": 300.0})
    yield case("a window is nothing to it", f, {"sliding_window": WINDOW}, same=True)
    yield case("attention_bias", f, {"attention_bias": True}, {"attention_bias": False})


def all_cases():
    for cases in (rope_cases, phi3_cases, window_cases, gemma3_cases, activation_cases, matrix_cases, multipart_cases, expert_cases):
        yield from cases()
