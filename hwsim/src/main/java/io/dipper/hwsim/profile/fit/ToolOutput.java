package io.dipper.hwsim.profile.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.JsonFaults;
import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Path;

/** What a benchmark wrote as JSON. */
final class ToolOutput {
  private ToolOutput() {}

  /**
   * Reads a file.
   *
   * @throws UserException if it cannot be read, or is no JSON
   */
  static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new UserException(file + ": it is not JSON: " + JsonFaults.firstLine(e));
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }
}
