package io.dipper.config;

import io.dipper.error.UserException;

/** A value of a YAML file, with its place. */
public sealed interface YamlNode permits YamlMapping, YamlSequence, YamlScalar {
  /** Where the value begins. */
  Location at();

  /** What it is, in an error message: {@code a mapping}, {@code a list}, {@code 'text'}. */
  String describe();

  /** An error at this value. */
  default UserException error(String what) {
    return at().error(what);
  }

  /**
   * This value as a mapping.
   *
   * @param expected what belongs here, e.g. {@code a mapping of policy parameters}
   * @throws UserException if it is something else
   */
  default YamlMapping asMapping(String expected) {
    if (this instanceof YamlMapping mapping) {
      return mapping;
    }
    throw wrongKind(expected);
  }

  /** This value as a list. */
  default YamlSequence asSequence(String expected) {
    if (this instanceof YamlSequence sequence) {
      return sequence;
    }
    throw wrongKind(expected);
  }

  /** This value as a single value that is not empty. */
  default YamlScalar asScalar(String expected) {
    if (this instanceof YamlScalar scalar && !scalar.isNull()) {
      return scalar;
    }
    throw wrongKind(expected);
  }

  /** The error that this value is not of the expected kind. */
  default UserException wrongKind(String expected) {
    return error("found " + describe() + "; expected " + expected);
  }
}
