package io.dipper.verifier;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.files.FolderLock;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.setting.Adapters;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.verifier.calibrate.HalvesCheck;
import io.dipper.verifier.live.LiveCorpus;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Verifies points of a sweep: runs their masks live in the model, and writes what they cost in
 * perplexity, and how far the replay was from the truth, beside the points.
 *
 * <p>Finished runs are kept in {@code live/} of the result folder by the digest of what they depend
 * on, and rows are written after each pass. So an interrupted verification goes on where it was.
 */
public final class Verification {
  private Verification() {}

  /**
   * Runs what is asked for and was not run before, and brings {@code verify.parquet}, {@code
   * verify.csv} and the perplexities of the points up to date.
   *
   * @param progress shows each pass through the model, in tokens
   * @throws UserException if the folder holds no points or is in use, a point does not exist,
   *     model, trace and tokens do not belong together, or one of them would be written over
   */
  public static VerificationResult run(VerificationRequest request, Progress progress) {
    checkFiles(request);
    try (FolderLock lock = FolderLock.of(request.results())) {
      return inSession(request, progress, VerificationSession::run);
    }
  }

  /**
   * How predictions hold on another text: calibrates on one half of the blocks and tests on the
   * other, many times. Runs nothing; every point must have been run before.
   *
   * @param times how many random halvings
   * @param calibrating how many runs each model is fitted on
   * @throws UserException as {@link #run}, and if a point was not run on these tokens
   */
  public static List<HalvesCheck> halves(VerificationRequest request, int times, int calibrating) {
    return inSession(request, Progress.SILENT, session -> session.halves(times, calibrating));
  }

  private static <T> T inSession(
      VerificationRequest request, Progress progress, Function<VerificationSession, T> work) {
    ResultDirectory results = new ResultDirectory(request.results());
    results.points();
    try (ModelFile file = ModelFiles.open(request.model());
        TraceReader trace = TraceReader.open(request.trace())) {
      checkBelongTogether(request.model(), file, request.trace(), trace);
      LiveCorpus corpus = corpus(request, file, trace);
      try (DenseModel model = new DenseModel(file, request.runtime())) {
        return work.apply(
            new VerificationSession(request, results, model, trace, corpus, progress));
      }
    }
  }

  /** What is written into the folder must be none of what is read. */
  private static void checkFiles(VerificationRequest request) {
    CommandFiles files = files(request);
    if (request.text().tokens() instanceof TokenSource.Text text) {
      files.reads("--text", text.file());
    } else if (request.text().tokens() instanceof TokenSource.Ids ids) {
      files.reads("--ids", ids.file());
    }
    files.check();
  }

  /** What every live run of a sweep's points reads and writes. */
  static CommandFiles files(VerificationRequest request) {
    ResultDirectory results = new ResultDirectory(request.results());
    results.points();
    CommandFiles files =
        new CommandFiles()
            .readsAll("--model", ModelFiles.files(request.model()))
            .reads("trace", request.trace())
            .owns(results.live());
    new Adapters().inputs(request.adapter()).forEach(file -> files.reads("--adapter", file));
    results.written().forEach(output -> files.writes("", output));
    return files;
  }

  /**
   * Says whether a trace is one of a model as it is.
   *
   * @param model the path of the model
   * @param recording the path of the trace
   * @throws UserException that says why it is not
   */
  public static void checkBelongTogether(
      Path model, ModelFile file, Path recording, TraceReader trace) {
    ModelShape recorded = trace.model();
    if (trace.manifest().getSynthetic()) {
      throw UserException.in(
          recording, "is synthetic: no model made it, so there is nothing to verify");
    }
    if (!trace.manifest().getImportedFrom().isEmpty()) {
      throw UserException.in(
          recording,
          "was imported from a router trace, which has no token ids to run; record the model with"
              + " dipper trace to verify it");
    }
    if (!trace.manifest().getAdapterSha256().isEmpty()) {
      throw UserException.in(
          recording,
          "was recorded with an adapter, and live runs stand beside the model as it is; record it"
              + " without, and give the adapter to the points");
    }
    if (!recorded.getSha256().isEmpty() && !recorded.getSha256().equals(file.sha256())) {
      throw UserException.in(
          model,
          "is not the model that the trace was recorded from: SHA-256 "
              + shortened(file.sha256())
              + ", want "
              + shortened(recorded.getSha256())
              + " ("
              + recorded.getName()
              + ")");
    }
  }

  private static String shortened(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length())) + "…";
  }

  private static LiveCorpus corpus(VerificationRequest request, ModelFile file, TraceReader trace) {
    TokenSource source = request.text().tokens();
    Protocol protocol = request.text().protocol();
    if (source instanceof TokenSource.Trace && protocol == null) {
      return LiveCorpus.ofTrace(trace, request.text().most());
    }
    Protocol cut = protocol == null ? blocksOf(trace) : protocol;
    int[] tokens = trace.tokenIds();
    if (source instanceof TokenSource.Ids ids) {
      int vocabulary = file.config().shape().getVocabularySize();
      tokens = Corpus.ofIds(ids.file(), vocabulary).part(ids.part(), cut.length()).tokens();
    } else if (source instanceof TokenSource.Text text) {
      tokens = Corpus.ofText(text.file(), request.model()).part(text.part(), cut.length()).tokens();
    }
    int bosToken = file.config().addBos() ? file.config().bosToken() : -1;
    return LiveCorpus.ofTokens(cut, tokens, bosToken, request.text().most());
  }

  private static Protocol blocksOf(TraceReader trace) {
    int length = trace.manifest().getBlockLength();
    return new Protocol.Disjoint(length > 0 ? length : trace.sequences().get(0).length());
  }
}
