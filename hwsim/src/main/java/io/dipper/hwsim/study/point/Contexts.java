package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.PointConfig;

/** The positions of a point's KV cache: those of a sequence, and of what comes before it. */
final class Contexts {
  private Contexts() {}

  /**
   * Sets the length at the end of a sequence, where the point does not, and what was there before
   * it.
   */
  static void complete(PointConfig.Builder config, Source source) {
    int prompt = prompt(config);
    config.setPromptLength(prompt);
    long length = source.sequenceLength();
    if (config.getBlockLength() == 0) {
      long end = length + source.promptBefore(prompt);
      if (end > Integer.MAX_VALUE) {
        throw new UserException(
            "a prompt of "
                + prompt
                + " and "
                + length
                + " tokens are more than the "
                + Integer.MAX_VALUE
                + " positions that a context may have; shorten one of them");
      }
      config.setBlockLength((int) end);
    }
    long before = config.getBlockLength() - length;
    config.setContextStart(before > prompt ? (int) before : 0);
  }

  /** The prompt of a point: where a policy decides by it, the policy's. */
  private static int prompt(PointConfig.Builder config) {
    int given = config.getPromptLength();
    int decisive = Policies.densePrompt(config.getPolicy());
    if (decisive > 0 && given > 0 && given != decisive) {
      throw new UserException(
          "policy "
              + config.getPolicy().getName()
              + " decides by a prompt of "
              + decisive
              + " tokens, and the point's has "
              + given
              + "; leave the latter out, or give the policy prompt="
              + given);
    }
    return decisive > 0 ? decisive : given;
  }

  /**
   * @throws UserException if the prompt, or a sequence and what comes before it, are longer than
   *     the context
   */
  static void check(PointConfig config, Source source) {
    int context = config.getBlockLength();
    if (config.getPromptLength() > context) {
      throw new UserException(
          "a prompt of "
              + config.getPromptLength()
              + " tokens does not fit a context of "
              + context
              + "; make one of them fit the other");
    }
    long length = source.sequenceLength();
    if (Policies.densePrompt(config.getPolicy()) >= length) {
      throw new UserException(
          "a prompt of "
              + config.getPromptLength()
              + " tokens leaves nothing of sequences of "
              + length
              + "; make the prompt shorter");
    }
    long before = source.promptBefore(config.getPromptLength());
    if (length + before > context) {
      throw new UserException(
          (before > 0 ? "a prompt of " + before + " and " : "sequences of ")
              + length
              + " tokens do not fit a context of "
              + context
              + "; give one of at least "
              + (length + before));
    }
  }
}
