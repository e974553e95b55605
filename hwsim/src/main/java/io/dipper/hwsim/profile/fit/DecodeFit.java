package io.dipper.hwsim.profile.fit;

import io.dipper.config.Digits;
import io.dipper.error.UserException;
import io.dipper.proto.Dequantise;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import io.dipper.weight.SecondsByType;
import io.dipper.weight.WeightType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * The share of the DRAM's bandwidth that a backend reaches and its time per kernel, fitted to the
 * rows that are not held: least squares on the logarithm of a token's time. Where models of several
 * quantisations are among them, also the weights that it dequantises in a second, where that limits
 * one of them; a type that does not gets the rate that the port just hides.
 *
 * @param processor the fitted numbers
 * @param residuals one for each row, in their order, those of held rows are errors of prediction
 */
public record DecodeFit(Processor processor, List<Residual> residuals) {
  /** Rates that change no time by more than this are no limit. */
  private static final double LEAST_EFFECT = 1e-3;

  public DecodeFit {
    residuals = List.copyOf(residuals);
  }

  /**
   * A measured speed beside the fitted backend's.
   *
   * @param fitted tokens per second
   */
  public record Residual(DecodeRow measured, double fitted) {
    /** How much faster the fitted backend is, relative to the measurement. */
    public double relative() {
      return fitted / measured.tokensPerSecond() - 1;
    }
  }

  /**
   * Fits.
   *
   * @param bandwidth of the DRAM, bytes per second
   * @param source who measured it
   * @throws UserException if there are too few rows
   */
  public static DecodeFit of(DecodeTable table, double bandwidth, String source) {
    List<DecodeRow> rows = table.rows().stream().filter(row -> !row.held()).toList();
    List<WeightType> types = types(rows);
    if (rows.size() < 2 + types.size() || table.rows().size() == rows.size()) {
      throw new UserException(
          table.file()
              + ": "
              + rows.size()
              + " rows to fit and "
              + (table.rows().size() - rows.size())
              + " to test; at least "
              + (2 + types.size())
              + " and 1 are needed");
    }
    if (table.rows().stream().anyMatch(row -> row.shape().shape().getExperts() > 0)) {
      throw new UserException(
          table.file() + ": models with experts are not fitted; leave them out");
    }
    Fitted all = fit(rows, types, bandwidth);
    List<WeightType> limiting = all.limiting(rows, types, bandwidth);
    Fitted fitted =
        limiting.isEmpty() ? fit(rows, List.of(), bandwidth) : all.hidden(limiting, bandwidth);
    return fitted.rounded().described(table, bandwidth, source);
  }

  /**
   * The types of the quantisations, one for each number of bits; none where one is all there is.
   */
  private static List<WeightType> types(List<DecodeRow> rows) {
    Map<Double, WeightType> byBits = new LinkedHashMap<>();
    if (rows.stream().map(row -> row.quantisation().name()).distinct().count() > 1) {
      rows.stream()
          .flatMap(row -> row.quantisation().types().values().stream())
          .flatMap(shares -> shares.keySet().stream())
          .forEach(type -> byBits.putIfAbsent(type.bits(), type));
    }
    return List.copyOf(byBits.values());
  }

  private static Fitted fit(List<DecodeRow> rows, List<WeightType> types, double bandwidth) {
    List<DecodeWork> works = rows.stream().map(DecodeWork::of).toList();
    double[] measured = rows.stream().mapToDouble(r -> -Math.log(r.tokensPerSecond())).toArray();
    LogLeastSquares squares =
        LogLeastSquares.byDifferences(
            measured,
            logs -> {
              Fitted numbers = Fitted.ofLogs(logs, types);
              return works.stream()
                  .mapToDouble(work -> Math.log(numbers.seconds(work, bandwidth)))
                  .toArray();
            });
    List<double[]> starts = new ArrayList<>();
    for (double efficiency : new double[] {0.9, 0.6}) {
      for (double kernel : new double[] {1e-6, 1e-5}) {
        for (double limit : new double[] {0.5, 1.5}) {
          starts.add(start(efficiency, kernel, limit * bandwidth, types));
        }
      }
    }
    return Fitted.ofLogs(squares.best(starts), types);
  }

  /** With rates that limit as a port of some bandwidth would. */
  private static double[] start(
      double efficiency, double kernel, double limit, List<WeightType> types) {
    DoubleStream rates = types.stream().mapToDouble(type -> Math.log(limit * 8 / type.bits()));
    return DoubleStream.concat(DoubleStream.of(Math.log(efficiency), Math.log(kernel)), rates)
        .toArray();
  }

  /** Numbers of a backend. */
  private record Fitted(double efficiency, double kernel, Map<WeightType, Double> rates) {
    static Fitted ofLogs(double[] logs, List<WeightType> types) {
      Map<WeightType, Double> rates = new LinkedHashMap<>();
      for (int i = 0; i < types.size(); i++) {
        rates.put(types.get(i), Math.exp(logs[2 + i]));
      }
      return new Fitted(Math.exp(logs[0]), Math.exp(logs[1]), rates);
    }

    double seconds(DecodeWork work, double bandwidth) {
      return work.seconds(efficiency * bandwidth, kernel, SecondsByType.of(message("")));
    }

    /** The types without whose rate a row would be faster. */
    List<WeightType> limiting(List<DecodeRow> rows, List<WeightType> types, double bandwidth) {
      List<WeightType> limiting = new ArrayList<>();
      for (WeightType type : types) {
        Map<WeightType, Double> others = new LinkedHashMap<>(rates);
        others.put(type, Double.MAX_VALUE);
        Fitted without = new Fitted(efficiency, kernel, others);
        for (DecodeRow row : rows) {
          DecodeWork work = DecodeWork.of(row);
          double slower = seconds(work, bandwidth) / without.seconds(work, bandwidth) - 1;
          if (slower > LEAST_EFFECT && !limiting.contains(type)) {
            limiting.add(type);
          }
        }
      }
      return limiting;
    }

    /** With rates of the other types that the port just hides: more is not known of them. */
    Fitted hidden(List<WeightType> limiting, double bandwidth) {
      Map<WeightType, Double> known = new LinkedHashMap<>(rates);
      known.replaceAll(
          (type, rate) ->
              limiting.contains(type) ? rate : efficiency * bandwidth * Byte.SIZE / type.bits());
      return new Fitted(efficiency, kernel, known);
    }

    Fitted rounded() {
      Map<WeightType, Double> rounded = new LinkedHashMap<>();
      rates.forEach((type, rate) -> rounded.put(type, Digits.four(rate)));
      return new Fitted(Math.min(1, Digits.four(efficiency)), Digits.four(kernel), rounded);
    }

    Dequantise message(String source) {
      Dequantise.Builder message = Dequantise.newBuilder();
      rates.forEach(
          (type, rate) ->
              message.setField(
                  Dequantise.getDescriptor().findFieldByName(type.label()),
                  Quantities.derived(rate, source)));
      return message.build();
    }

    DecodeFit described(DecodeTable table, double bandwidth, String source) {
      List<Residual> residuals =
          table.rows().stream()
              .map(row -> new Residual(row, 1 / seconds(DecodeWork.of(row), bandwidth)))
              .toList();
      DecodeFit fit = new DecodeFit(Processor.getDefaultInstance(), residuals);
      String text =
          String.format(
              Locale.ROOT,
              "decode fit to %d rows; %d held rows: median error %.1f %%, nine in ten %.1f %%: %s",
              fit.errors(false).length,
              fit.errors(true).length,
              100 * fit.heldError(50),
              100 * fit.heldError(90),
              source);
      Quantity port = Quantities.derived(efficiency, text);
      Processor.Builder processor = Processor.newBuilder().setPortEfficiency(port);
      processor.setKernel(Quantities.derived(kernel, text));
      if (!rates.isEmpty()) {
        processor.setDequantise(message(text));
      }
      return new DecodeFit(processor.build(), residuals);
    }
  }

  /** The absolute relative residuals of the held rows, or of those that were fitted. */
  double[] errors(boolean held) {
    return residuals.stream()
        .filter(residual -> residual.measured().held() == held)
        .mapToDouble(residual -> Math.abs(residual.relative()))
        .toArray();
  }

  /** The error below which so many per cent of the held rows are, between ranks in proportion. */
  public double heldError(double percent) {
    return new Percentile()
        .withEstimationType(Percentile.EstimationType.R_7)
        .evaluate(errors(true), percent);
  }

  /** The median of the errors of the rows that were fitted. */
  public double fittedError() {
    return new Percentile()
        .withEstimationType(Percentile.EstimationType.R_7)
        .evaluate(errors(false), 50);
  }
}
