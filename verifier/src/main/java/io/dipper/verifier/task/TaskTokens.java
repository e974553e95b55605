package io.dipper.verifier.task;

import io.dipper.error.UserException;
import io.dipper.tracegen.corpus.Continuations;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns items into tokens, as the LM Evaluation Harness does: spaces at a context's end go to the
 * choice, and a choice is what context and choice together have beyond the tokens of the context.
 */
final class TaskTokens {
  private final Tokenizer tokenizer;
  private final ModelConfig config;

  TaskTokens(Tokenizer tokenizer, ModelConfig config) {
    this.tokenizer = tokenizer;
    this.config = config;
  }

  /**
   * The tokens of an item: choices in their order, those that share a context together.
   *
   * @param number of the item, from 1, for errors
   * @throws UserException if a choice or a context has no token, or they are longer than the
   *     model's context
   */
  List<Continuations> of(TaskItem item, int number) {
    List<Continuations> all = new ArrayList<>();
    List<int[]> texts = new ArrayList<>();
    for (int c = 0; c < item.choices().size(); c++) {
      String context = item.choices().get(c).context();
      int[] whole = begun(context + item.choices().get(c).text());
      int[] before = begun(context.stripTrailing());
      if (before.length == 0 || whole.length <= before.length) {
        throw new UserException(
            "item " + number + ": its context or a choice has no token; both must have text");
      }
      if (whole.length > config.contextLength()) {
        throw new UserException(
            "item "
                + number
                + ": its "
                + whole.length
                + " tokens are more than the "
                + config.contextLength()
                + " of the model's context; leave it out");
      }
      texts.add(Arrays.copyOfRange(whole, before.length, whole.length));
      boolean last = c + 1 == item.choices().size();
      if (last || !item.choices().get(c + 1).context().equals(context)) {
        all.add(new Continuations(before, texts));
        texts = new ArrayList<>();
      }
    }
    return all;
  }

  /** The tokens of a text, after what the model's texts begin with. */
  private int[] begun(String text) {
    int[] tokens = tokenizer.encode(text);
    if (!config.addBos()) {
      return tokens;
    }
    int[] all = new int[tokens.length + 1];
    all[0] = config.bosToken();
    System.arraycopy(tokens, 0, all, 1, tokens.length);
    return all;
  }
}
