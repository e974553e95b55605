package io.dipper.hwsim.study.setting;

import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import java.nio.file.Path;

/**
 * Where a sweep file says the values of a setting.
 *
 * @param root the file's mapping
 * @param file to whose folder paths are relative
 */
record Written(YamlMapping root, String key, Path file) {
  /** What is written under the key, which must be there. */
  YamlNode node() {
    return root.require(key);
  }
}
