package io.dipper.hwsim.synth;

import com.google.protobuf.InvalidProtocolBufferException;
import io.dipper.cache.UserCache;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.trace.TraceReader;
import java.util.Optional;

/** The statistics of recordings, each fitted once and remembered by the digest of its file. */
public final class FittedStatistics {
  private static final String KIND = "statistics";

  /**
   * The version of the fitter; to be raised where it comes to other numbers, so that kept ones are
   * not reused.
   */
  private static final int FITTER = 2;

  private final UserCache cache;

  public FittedStatistics(UserCache cache) {
    this.cache = cache;
  }

  /**
   * The statistics of a trace, fitted or read from those kept; they do not depend on the number of
   * threads.
   */
  public ActivationStatistics of(TraceReader trace, int threads, Progress progress) {
    String name = trace.sha256() + "-" + FITTER;
    Optional<ActivationStatistics> known = cache.read(KIND, name).flatMap(FittedStatistics::parse);
    if (known.isPresent()) {
      return known.get();
    }
    ActivationStatistics fitted = StatisticsFitter.fit(trace, threads, progress);
    cache.write(KIND, name, fitted.toByteArray());
    return fitted;
  }

  private static Optional<ActivationStatistics> parse(byte[] bytes) {
    try {
      ActivationStatistics read = ActivationStatistics.parseFrom(bytes);
      return StatisticsCheck.wrong(read) == null ? Optional.of(read) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
