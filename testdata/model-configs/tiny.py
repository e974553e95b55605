"""Tiny models from a formula, so that a test in any language makes the same weights without a file.

Value i of a tensor is offset + scale * u in fp32, where u in [-1, 1) comes from 24 bits of a hash of i and of the
tensor's name (32-bit arithmetic; FNV-1a for the name, the finaliser of MurmurHash3 for the mixing).
"""
import numpy as np


def fnv1a(name):
    h = 0x811C9DC5
    for byte in name.encode():
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h


def uniform(name, count):
    h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(fnv1a(name))
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return (h >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-23) - np.float32(1)


def values(name, scale, offset, shape):
    u = uniform(name, int(np.prod(shape)))
    return (np.float32(offset) + np.float32(scale) * u).reshape(shape)


def token_ids(count, vocabulary):
    """Ids from 3 on: the first three are special in many vocabularies."""
    u = uniform("ids", count).astype(np.float64)
    return (3 + np.floor((u + 1) / 2 * (vocabulary - 3))).astype(int).tolist()
