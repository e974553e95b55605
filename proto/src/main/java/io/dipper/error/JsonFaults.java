package io.dipper.error;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What a JSON parser complains about, in words for users. */
public final class JsonFaults {
  private JsonFaults() {}

  /** The complaint on one line, without what the parser's own settings could do about it. */
  public static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .findFirst()
        .orElse("malformed")
        .replaceFirst(": enable `.*", "")
        .replaceFirst(" \\(start marker at \\[Source: .*", "");
  }
}
