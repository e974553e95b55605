package io.dipper.tracegen.format.gguf;

/** How a GGUF file is written: the version of the format (2 or 3), and the order of bytes. */
record GgufEncoding(int version, boolean bigEndian) {
  @Override
  public String toString() {
    return "GGUF v" + version + (bigEndian ? ", big-endian" : "");
  }
}
