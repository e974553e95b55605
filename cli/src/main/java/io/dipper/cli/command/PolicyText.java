package io.dipper.cli.command;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ChoiceText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A policy or a cache as it is written on the command line, without what is anyhow the default. */
final class PolicyText {
  private static final Pattern RUN = Pattern.compile("(\\S+) (\\{.*\\})(.*)");

  private PolicyText() {}

  /**
   * @param name of the policy
   * @param parameters as a JSON object, defaults filled in: the column of the results
   */
  static String of(String name, String parameters) {
    return ChoiceText.brief(Policies.registry(), name, parameters);
  }

  /**
   * What was run live, as a table of runs shows it.
   *
   * @param run the policy's name, its parameters as a JSON object, and what else tells its masks
   *     from others
   */
  static String ofRun(String run) {
    Matcher matcher = RUN.matcher(run);
    return matcher.matches() ? of(matcher.group(1), matcher.group(2)) + matcher.group(3) : run;
  }

  /**
   * @param name of the cache
   * @param parameters as a JSON object; null for none
   */
  static String ofCache(String name, @Nullable String parameters) {
    return parameters == null ? name : ChoiceText.brief(Caches.registry(), name, parameters);
  }
}
