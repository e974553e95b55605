package io.dipper.hwsim.profile.model;

import java.util.Locale;

/** The kinds of tensors that files store differently. */
public enum TensorKind {
  GATE_UP,
  DOWN,
  QUERY_KEY,
  VALUE,
  ATTENTION_OUTPUT,
  HEAD,
  EMBEDDING;

  /** The name in files, e.g. {@code gate_up}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
