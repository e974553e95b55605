package io.dipper.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build and of the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/dipper-version.properties")) {
      properties.load(Objects.requireNonNull(in, "dipper-version.properties"));
    }
    return new String[] {
      "dipper " + properties.getProperty("version"), "Java " + Runtime.version()
    };
  }
}
