package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.fit.DecodeFit;
import io.dipper.hwsim.profile.fit.DecodeRow;
import io.dipper.hwsim.profile.fit.DecodeTable;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Processor;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A profile whose processor is fitted to decode speeds; everything else is another profile's. */
final class DecodeProfile {
  private static final Pattern BACKEND =
      Pattern.compile("(?:(.+), *)?(cpu|gpu|npu)", Pattern.CASE_INSENSITIVE);

  private DecodeProfile() {}

  /**
   * Fits.
   *
   * @param base where all else comes from, and the bandwidth of the DRAM where the table has none
   * @param name of the profile
   * @param source who measured it
   * @throws UserException if the profile computes in several ways
   */
  static FittedProfile of(DecodeTable table, HardwareProfile base, String name, String source) {
    if (base.getProcessor().getBackendsCount() > 0) {
      throw new UserException(
          "--extends "
              + base.getName()
              + " has several backends; extend a profile with one processor");
    }
    double bandwidth =
        table.bandwidth() > 0 ? table.bandwidth() : base.getDram().getBandwidth().getValue();
    DecodeFit fit = DecodeFit.of(table, bandwidth, source);
    HardwareProfile.Builder profile = base.toBuilder().setName(name);
    profile.setDescription("Decoding by " + source + ", the rest as " + base.getName());
    if (table.bandwidth() > 0) {
      profile.getDramBuilder().setBandwidth(datasheet(bandwidth, source + ", bandwidth_peak"));
    }
    profile.getDramBuilder().clearEfficiency();
    profile.setProcessor(processor(base.getProcessor(), table, fit));
    return new FittedProfile(profile.build(), residuals(fit));
  }

  /** What the fit counts in its time per kernel goes; what masks and experts cost stays. */
  private static Processor processor(Processor base, DecodeTable table, DecodeFit fit) {
    Processor.Builder processor = base.toBuilder().clearKernelLaunch().clearLayerSynchronisation();
    processor.clearName().clearSoftware().setBuild(table.build()).clearDequantise();
    Matcher backend = BACKEND.matcher(table.backend());
    if (backend.matches()) {
      processor.setName(backend.group(2).toLowerCase(Locale.ROOT));
      processor.setSoftware(backend.group(1) == null ? "" : backend.group(1));
    } else {
      processor.setSoftware(table.backend());
    }
    return processor.mergeFrom(fit.processor()).build();
  }

  private static Quantity datasheet(double value, String source) {
    return Quantity.newBuilder()
        .setValue(value)
        .setProvenance(Provenance.DATASHEET)
        .setSource(source)
        .build();
  }

  private static String residuals(DecodeFit fit) {
    Table table = new Table("shape", "quant", "rows", "measured tokens/s", "fitted", "residual %");
    for (DecodeFit.Residual residual : fit.residuals()) {
      DecodeRow row = residual.measured();
      table.row(
          row.shape().name(),
          row.quantisation().name(),
          row.held() ? "held out" : "fitted",
          number(row.tokensPerSecond(), 2),
          number(residual.fitted(), 2),
          number(100 * residual.relative(), 1));
    }
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out);
    out.printf(
        Locale.ROOT,
        "Median error %.1f %% of what was fitted, %.1f %% of what was held out; nine in ten of these"
            + " %.1f %%, worst %.1f %%%n",
        100 * fit.fittedError(),
        100 * fit.heldError(50),
        100 * fit.heldError(90),
        100 * fit.heldError(100));
    out.flush();
    return text.toString();
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
