package io.dipper.bench.phone;

import io.dipper.proto.Overlap;
import java.util.Arrays;

/**
 * Fits three numbers to the first tokens of the traced run and to the run without a cache.
 *
 * <ul>
 *   <li>The time of an expert's byte: what a token computes longer in the run without a cache,
 *       which has two experts more in each layer; the mean of tokens in which the processor did not
 *       pause.
 *   <li>The time of the resident part: what the mean token of the run without a cache then lacks.
 *   <li>The time of an admitted byte: what the mean token of the traced run then lacks.
 * </ul>
 */
final class PhoneFit {
  /** The tokens of the traced run that are fitted to. */
  static final int FIRST = 64;

  /** How the run without a cache used the phone. */
  static final PhoneSetting STREAM = new PhoneSetting(8, 4, Overlap.NONE, false);

  private final Phone phone;
  private final RecordedRun traced;
  private final RecordedRun stream;

  /**
   * @param traced the traced run, of which the first tokens are looked at
   */
  PhoneFit(Phone phone, RecordedRun traced, RecordedRun stream) {
    this.phone = phone;
    this.traced = traced.range(0, FIRST);
    this.stream = stream;
  }

  FittedNumbers fit() {
    double expertByte = expertByte();
    FittedNumbers one = new FittedNumbers(0, expertByte, 0);
    double lacks = Numbers.mean(stream.wall()) - streamSeconds(one);
    FittedNumbers two = new FittedNumbers(lacks / phone.layers(), expertByte, 0);
    return new FittedNumbers(two.expertLayer(), expertByte, admitByte(two));
  }

  private double expertByte() {
    double longer = arithmetic(stream) - arithmetic(traced);
    return longer
        / (phone.activeBytes(STREAM.perToken()) - phone.activeBytes(Phone.TRACED.perToken()));
  }

  private static double arithmetic(RecordedRun run) {
    return Numbers.mean(Numbers.without(run.paused(), run.compute()));
  }

  private double streamSeconds(FittedNumbers numbers) {
    return Numbers.mean(
        phone.seconds(phone.spread(stream, STREAM), STREAM, STREAM.device(numbers)));
  }

  /** A cache makes room before anything is read for it, so that its time adds to a token's. */
  private double admitByte(FittedNumbers others) {
    double[] seconds = phone.seconds(phone.traced(), Phone.TRACED, Phone.TRACED.device(others));
    double without = Numbers.mean(Arrays.copyOf(seconds, FIRST));
    return (Numbers.mean(traced.wall()) - without) / phone.admittedBytes(0, FIRST);
  }
}
