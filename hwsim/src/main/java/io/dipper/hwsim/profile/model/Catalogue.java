package io.dipper.hwsim.profile.model;

import io.dipper.config.YamlDocument;
import io.dipper.config.YamlMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of this package, read as strictly as a user's. */
final class Catalogue {
  private Catalogue() {}

  static YamlMapping read(String file) {
    try (InputStream in = Catalogue.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not packed");
      }
      return YamlDocument.parse(file, in.readAllBytes()).asMapping("a mapping from names");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(YamlMapping mapping, String key) {
    return mapping.require(key).asScalar("a text for " + key).text();
  }
}
