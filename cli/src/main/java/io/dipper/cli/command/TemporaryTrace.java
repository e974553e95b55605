package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.files.OutputFile;
import io.dipper.files.OutputFile.Existing;
import io.dipper.hwsim.study.result.Version;
import io.dipper.progress.Progress;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.record.RecordingOptions;
import io.dipper.tracegen.record.TraceRecorder;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.execute.LiveExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trace of a text, made for one run and removed after it. */
final class TemporaryTrace implements AutoCloseable {
  private final Path folder;
  private final Path path;

  private TemporaryTrace(Path folder) {
    this.folder = folder;
    this.path = folder.resolve("trace.arrow");
    folder.toFile().deleteOnExit();
    path.toFile().deleteOnExit();
  }

  /**
   * Runs a model densely over the beginning of a text.
   *
   * @param tokens at most, in sequences of the usual length; of a shorter text all
   * @param beside the file in whose folder the trace is made
   * @throws io.dipper.error.UserException if the model or the text cannot be read, the text is too
   *     short, or there is no room
   */
  static TemporaryTrace record(
      Path model, TextOptions text, int tokens, int threads, Path beside, Progress progress) {
    try (ModelFile file = ModelFiles.open(model)) {
      LiveExecution.check(file.config().shape());
      RecordingOptions usual = RecordingOptions.defaults("dipper " + Version.current());
      int block = usual.protocol(file.config()).length();
      Corpus corpus = text.corpus(model, file.config().shape().getVocabularySize());
      int all = Math.min(corpus.tokens().length, tokens == Integer.MAX_VALUE ? block : tokens);
      if (all < RecordingOptions.SHORTEST_BLOCK) {
        throw new UserException(
            "text: "
                + all
                + " tokens are run, but a sequence needs at least "
                + RecordingOptions.SHORTEST_BLOCK);
      }
      RecordingOptions options =
          usual
              .withRuntime(RuntimeOptions.withThreads(threads))
              .withTokens(all)
              .withBlockLength(Math.min(all, block));
      TemporaryTrace trace = beside(beside);
      try (OutputFile target = OutputFile.recording(trace.path, Existing.REFUSED)) {
        new TraceRecorder(options).record(file, corpus, target, progress);
        return trace;
      } catch (RuntimeException e) {
        trace.close();
        throw e;
      }
    }
  }

  private static TemporaryTrace beside(Path file) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    try {
      return new TemporaryTrace(Files.createTempDirectory(folder, "dipper-trace"));
    } catch (IOException e) {
      throw CannotWrite.error(folder, e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw CannotWrite.error(path, e);
    }
  }
}
