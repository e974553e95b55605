package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.Nearest;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.proto.Flash;
import io.dipper.proto.HostCore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The choice of the host's core that submits reads: its {@code submission} becomes that of the
 * device. Of {@code submission} and {@code submit_from} the one that was written last, by the file
 * nearest to the user, holds.
 */
final class HostCores {
  private HostCores() {}

  /**
   * Takes the submission from the chosen core, after a file was read over those that it extends.
   *
   * @param root the file
   * @param flash what was read so far
   * @param origins where each value is written; gains that of the submission
   */
  static void choose(YamlMapping root, Flash.Builder flash, Map<String, Location> origins) {
    if (!(root.get("flash") instanceof YamlMapping section)) {
      return;
    }
    YamlNode submission = section.get("submission");
    YamlNode submitFrom = section.get("submit_from");
    YamlNode cores = section.get("cores");
    if (cores != null) {
      check(flash.getCoresList(), cores.at());
    }
    if (submission != null && submitFrom != null) {
      throw submission
          .at()
          .error("submission stands beside submit_from, which takes it from a core; write one");
    }
    if (submission != null) {
      flash.clearSubmitFrom();
    }
    if (!flash.getSubmitFrom().isEmpty()) {
      Location at = submitFrom == null ? section.at() : submitFrom.at();
      flash.setSubmission(find(flash, at).getSubmission());
      Location chosen = origins.get("flash.submit_from");
      if (chosen != null) {
        origins.put("flash.submission", chosen);
      }
    } else if (cores != null && submission == null) {
      throw cores.at().error("cores are listed and none submits; add 'submit_from: ...'");
    }
  }

  private static HostCore find(Flash.Builder flash, Location at) {
    String name = flash.getSubmitFrom();
    if (flash.getCoresCount() == 0) {
      throw at.error("submit_from names a core and there are no cores; list them in 'cores'");
    }
    List<String> names = flash.getCoresList().stream().map(HostCore::getName).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw at.error("there is no core '" + name + "'; " + Nearest.hint(name, names));
    }
    return flash.getCores(index);
  }

  private static void check(List<HostCore> cores, Location at) {
    Set<String> names = new HashSet<>();
    for (HostCore core : cores) {
      if (core.getName().isEmpty()) {
        throw at.error("a core has no name; write e.g. {name: big, submission: 4 us}");
      }
      if (!core.hasSubmission()) {
        throw at.error("core " + core.getName() + " has no submission; write e.g. 4 us");
      }
      if (!names.add(core.getName())) {
        throw at.error("two cores are called " + core.getName() + "; name each once");
      }
    }
  }
}
