package io.dipper.verifier.task;

import io.dipper.error.UserException;
import io.dipper.trace.FileDigests;
import io.dipper.tracegen.corpus.Continuations;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The items of a file, ready to be asked of a model.
 *
 * @param name of the file
 * @param sha256 of the file
 * @param tokens of each item: its contexts, each with what may follow it
 */
public record Task(
    String name, String sha256, List<TaskItem> items, List<List<Continuations>> tokens) {
  /**
   * The items of a file.
   *
   * @throws UserException if the file is no task, or an item does not fit the model
   */
  public static Task read(Path file, Tokenizer tokenizer, ModelConfig config) {
    TaskTokens tokens = new TaskTokens(tokenizer, config);
    List<TaskItem> items = TaskFile.read(file);
    List<List<Continuations>> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      all.add(tokens.of(items.get(i), i + 1));
    }
    return new Task(String.valueOf(file.getFileName()), FileDigests.current().of(file), items, all);
  }

  /** How many tokens pass the model. */
  long passed() {
    return tokens.stream().flatMap(List::stream).mapToLong(Continuations::passed).sum();
  }

  /**
   * Refuses items whose choices are of one token each. The prompt predicts it alone, so that masks
   * after the prompt change nothing.
   *
   * @throws UserException if no choice has a second token
   */
  public void checkPassesAnswers() {
    if (tokens.stream()
        .flatMap(List::stream)
        .flatMap(item -> item.texts().stream())
        .allMatch(text -> text.length == 1)) {
      throw new UserException(
          name
              + ": every choice is one token, which the prompt predicts alone, and masks after the"
              + " prompt would change nothing; give --task-prompt masked");
    }
  }
}
