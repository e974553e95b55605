"""Writes golden.json: a small byte-level BPE vocabulary, texts, and their token ids under each pre-tokenizer that
GGUF files name, as llama.cpp computes them. Those of GPT-4o's family and of Tekken come from Hugging Face's library
and the models' own expressions: llama.cpp's stand for these by ASCII classes, and cut before marks (Devanagari).

    python generate.py          (needs gguf, llama-cpp-python, tokenizers)

The vocabulary is trained on the texts without any cut, so that its merges run across words, digits, line ends and
scripts: where a pre-tokenizer cuts, no token crosses, and the ids tell every cut.
"""
import ctypes
import json
import pathlib
import tempfile

import llama_cpp
from gguf import GGUFWriter
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

NAMES = (
    "gpt-2 phi-2 mpt olmo jais exaone4 gigachat a.x-4.0 mellum trillion granite-docling smollm starcoder refact command-r "
    "codeshell exaone minerva-7b llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 dbrx smaug-bpe glm4 "
    "chatglm-bpe qwen2 deepseek-r1-qwen stablelm2 hunyuan megrez grok-2 solar-open qwen35 seed-coder bailingmoe bailingmoe2 "
    "llada-moe gpt-4o llama4 kanana2 minimax-m2 tekken deepseek-llm deepseek-coder deepseek-v3 hunyuan-dense falcon bloom "
    "poro-chat gpt3-finnish viking default"
).split()

UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
START, END = r"[^\r\n\p{L}\p{N}]?", r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SHORT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
GPT_4O = f"{START}{UPPER}*{LOWER}+{SHORT}|{START}{UPPER}+{LOWER}*{SHORT}|\\p{{N}}{{1,3}}{END}"
TEKKEN = f"{START}{UPPER}*{LOWER}+|{START}{UPPER}+{LOWER}*|\\p{{N}}{END}"
OWN = {"gpt-4o": GPT_4O, "llama4": GPT_4O, "kanana2": GPT_4O, "minimax-m2": GPT_4O, "tekken": TEKKEN}

TEXTS = [
    "The dolphin dives at 7:45, and it's back by 08:12:30; we'll wait.",
    "I'VE said it's THEIRS, they'd said it'S ours. Don't you're, He'll, we'm?",
    "Numbers: 1 22 333 4444 55555 666666 1234567890 3.14159 1,000,000 0x7fff v2.0.1",
    "def dive(depth=10):\n    if depth > 0:\n\treturn dive(depth - 1)  # again\n\n\nprint(dive())\r\n",
    "   three spaces, trailing spaces   ",
    "tabs\tand\t\tmore\n\n  indented\n \n\n   deeper  \n",
    "camelCaseWords and HTTPServerError, iPhone15Pro, snake_case_name, kebab-case; e.g. a/b/c.txt//x",
    "<html><p class='x'>1 < 2 && 3 > 2 || $5 += ~6 ^ 7 | `code`</p></html> @user #tag 50% [a]{b}(c)",
    "Größe, naïve café, ŒUVRE, Ångström; Ελληνικά, Привет мир! Հայերեն ქართული",
    "海豚在水里游泳。你好,世界!数字123和字母abc混合。",
    "イルカは海を泳ぐ。カタカナとひらがな、漢字。",
    "돌고래가 바다에서 헤엄칩니다. 숫자 42!",
    "हिन्दी में डॉल्फ़िन तैरती है। مرحبا، الدلفين يسبح۔ ไทย 12 ปลา",
    "e\u0301 and n\u0303 in parts; \u00bd \u00b2 \u2167 \u0661\u0662\u0663 \uff11\uff12 are numbers",
    "\U0001f42c\U0001f42c dolphins \U0001f468\u200d\U0001f469\u200d\U0001f467 and \u201cquotes\u201d \u2014 dashes\u2026 \u2018ok\u2019",
    "",
    " ",
    "\n",
    "a",
    " a  b   c",
]


def vocabulary():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=900, min_frequency=1, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    return tokens, [" ".join(merge) for merge in model["merges"]]


def own_ids(name, tokens, merges):
    pairs = [tuple(merge.split(" ")) for merge in merges]
    model = models.BPE({token: i for i, token in enumerate(tokens)}, pairs, ignore_merges=name == "tekken")
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(OWN[name]), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    return [tokenizer.encode(text).ids for text in TEXTS]


def write(path, name, tokens, merges):
    writer = GGUFWriter(str(path), "llama")
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(name)
    writer.add_token_list(tokens)
    writer.add_token_types([1] * len(tokens))
    writer.add_token_merges(merges)
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def ids(path):
    options = llama_cpp.llama_model_default_params()
    options.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), options)
    if not model:
        raise ValueError("llama.cpp refuses the vocabulary")
    vocabulary = llama_cpp.llama_model_get_vocab(model)
    found = []
    for text in TEXTS:
        raw = text.encode()
        buffer = (llama_cpp.llama_token * (len(raw) + 8))()
        count = llama_cpp.llama_tokenize(vocabulary, raw, len(raw), buffer, len(buffer), False, False)
        found.append(list(buffer[:count]))
    llama_cpp.llama_model_free(model)
    return found


@llama_cpp.llama_log_callback
def say_nothing(level, text, data):
    pass


def main():
    llama_cpp.llama_log_set(say_nothing, ctypes.c_void_p(0))
    tokens, merges = vocabulary()
    groups = {}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "vocabulary.gguf"
        for name in NAMES:
            write(path, name, tokens, merges)
            found = own_ids(name, tokens, merges) if name in OWN else ids(path)
            groups.setdefault(dump(found), []).append(name)
    same = ",\n".join(f'{{"names":{dump(names)},\n"ids":{found}}}' for found, names in groups.items())
    head = "".join(f'"{key}":{dump(value)},\n' for key, value in (("tokens", tokens), ("merges", merges), ("texts", TEXTS)))
    pathlib.Path(__file__).with_name("golden.json").write_text("{" + head + '"cuts":[\n' + same + "\n]}\n")


def dump(value):
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


if __name__ == "__main__":
    main()
