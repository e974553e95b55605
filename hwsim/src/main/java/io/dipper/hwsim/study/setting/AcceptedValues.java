package io.dipper.hwsim.study.setting;

import io.dipper.config.Dimension;
import io.dipper.config.Shares;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.proto.Accepted;
import java.math.BigDecimal;
import java.util.List;

/** What of a window's tokens is kept: a share of them, a number of them, or all. */
final class AcceptedValues extends SettingValues<Accepted> {
  private static final String ALL = "all";

  @Override
  public String expected() {
    return "a share with %, a number of tokens from 1, or all";
  }

  @Override
  public Accepted parse(String text) {
    String value = text.strip();
    if (value.equals(ALL)) {
      return Accepted.getDefaultInstance();
    }
    if (value.endsWith("%")) {
      double share = Shares.parse(value);
      if (share > 0) {
        return Accepted.newBuilder().setShare(share).build();
      }
    }
    return Units.number(value)
        .filter(tokens -> tokens.compareTo(BigDecimal.ONE) >= 0)
        .map(tokens -> Accepted.newBuilder().setTokens(tokens.doubleValue()).build())
        .orElseThrow(() -> new UserException("'" + text + "' is not " + expected()));
  }

  @Override
  public String print(Accepted value) {
    return switch (value.getFormCase()) {
      case SHARE -> percent(value.getShare());
      case TOKENS -> Units.print(value.getTokens(), Dimension.NUMBER);
      case FORM_NOT_SET -> ALL;
    };
  }

  private static String percent(double share) {
    return new BigDecimal(Units.print(share, Dimension.NUMBER))
            .movePointRight(2)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  @Override
  public List<String> names() {
    return List.of(ALL);
  }
}
