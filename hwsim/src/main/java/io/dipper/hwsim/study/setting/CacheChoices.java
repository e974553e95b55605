package io.dipper.hwsim.study.setting;

import io.dipper.config.YamlNode;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.OverflowRules;
import io.dipper.proto.CacheSpec;
import io.dipper.registry.Choice;
import java.nio.file.Path;
import java.util.List;

/** Caches, each with every overflow rule that a sweep file lists beside them. */
final class CacheChoices extends Choices<CacheSpec> {
  private static final String OVERFLOW = "overflow";

  private final Choice preset;

  /**
   * @param preset the cache of a sweep file that names none
   */
  CacheChoices(CacheSpec preset) {
    super(Caches.registry());
    this.preset = Caches.choice(preset);
  }

  @Override
  public String expected() {
    return "a cache, e.g. lfu";
  }

  @Override
  public CacheSpec parse(String text) {
    return Caches.parse(text);
  }

  @Override
  Choice choice(CacheSpec value) {
    return Caches.choice(value);
  }

  @Override
  List<CacheSpec> read(Written written) {
    return written.root().get(written.key()) == null ? make(preset, written) : super.read(written);
  }

  @Override
  List<CacheSpec> make(Choice choice, Written written) {
    return Caches.each(choice, rules(written));
  }

  private static List<String> rules(Written written) {
    YamlNode node = written.root().get(OVERFLOW);
    return node == null
        ? List.of()
        : WrittenValues.list(node, "an overflow rule", CacheChoices::rule);
  }

  private static String rule(YamlNode node) {
    String rule = node.asScalar("an overflow rule").text();
    WrittenValues.placed(node, () -> OverflowRules.ALL.find(rule));
    return rule;
  }

  @Override
  List<String> modifiers() {
    return List.of(OVERFLOW);
  }

  @Override
  public List<Path> inputs(CacheSpec value) {
    return Caches.files(value);
  }
}
