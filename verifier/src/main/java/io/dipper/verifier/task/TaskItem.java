package io.dipper.verifier.task;

import java.util.List;

/**
 * A question with answers to choose from.
 *
 * @param answer the index of the right one
 */
public record TaskItem(List<Choice> choices, int answer) {
  /**
   * One of the answers.
   *
   * @param context what the model reads first: the prompt
   * @param text what follows it and is scored, with the space before it
   */
  public record Choice(String context, String text) {
    /**
     * The characters of the text without the spaces around it, by which likelihoods are divided.
     */
    int length() {
      String bare = text.strip();
      return Math.max(1, bare.codePointCount(0, bare.length()));
    }
  }

  public TaskItem {
    choices = List.copyOf(choices);
    if (choices.size() < 2 || answer < 0 || answer >= choices.size()) {
      throw new IllegalArgumentException("an item has several choices, one of them right");
    }
  }

  /** An item whose choices follow one context. */
  static TaskItem of(String context, List<String> texts, int answer) {
    return new TaskItem(texts.stream().map(text -> new Choice(context, text)).toList(), answer);
  }
}
