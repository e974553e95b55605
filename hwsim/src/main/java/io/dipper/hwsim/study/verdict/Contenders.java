package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ChoiceText;
import io.dipper.hwsim.study.result.PointRow;
import java.util.Locale;

/** What is held against the model as it is, in words. */
enum Contenders {
  /** Masks over columns of a dense model. */
  MASKS("masks", "dense", "a dense token"),
  /** Policies that change which experts a router's token takes. */
  ROUTER_POLICIES("router policies", "the model's own router", "a token of the model's own router");

  private final String plural;
  private final String reference;
  private final String referenceToken;

  Contenders(String plural, String reference, String referenceToken) {
    this.plural = plural;
    this.reference = reference;
    this.referenceToken = referenceToken;
  }

  static Contenders of(PointRow row) {
    return row.demand().experts().lookups() == null ? MASKS : ROUTER_POLICIES;
  }

  /** The model as it is. */
  String reference() {
    return reference;
  }

  /** A token of it, at the beginning of a clause. */
  String referenceToken() {
    return referenceToken;
  }

  /** A point by what sets it apart: its density, or the parameters of its policy. */
  String name(PointRow row) {
    return this == MASKS
        ? String.format(Locale.ROOT, "%s at %.2f", row.policy(), row.demand().density())
        : ChoiceText.brief(Policies.registry(), row.policy(), row.policyParams());
  }

  @Override
  public String toString() {
    return plural;
  }
}
