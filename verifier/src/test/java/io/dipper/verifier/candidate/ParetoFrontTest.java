package io.dipper.verifier.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

  private static Candidate point(
      String id, String device, double quality, double speed, double bytes) {
    return new Candidate(id, device, "family", quality, quality, speed, bytes);
  }

  @Test
  void aSlowerWorseLargerPoint_isOffTheFront() {
    Candidate good = point("good", "phone", 0.9, 10, 5);
    Candidate bad = point("bad", "phone", 0.8, 9, 6);
    assertThat(ParetoFront.of(List.of(bad, good))).containsExactly(good);
  }

  @Test
  void eachAdvantage_keepsAPointOnTheFront() {
    List<Candidate> points =
        List.of(
            point("fast", "phone", 0.5, 20, 9),
            point("true", "phone", 0.9, 5, 9),
            point("small", "phone", 0.5, 5, 1));
    assertThat(ParetoFront.of(points)).containsExactlyElementsOf(points);
  }

  @Test
  void equalPoints_stayTogether_andDevicesAreApart() {
    List<Candidate> points =
        List.of(
            point("one", "phone", 0.5, 20, 9),
            point("same", "phone", 0.5, 20, 9),
            point("other", "desktop", 0.4, 2, 99));
    assertThat(ParetoFront.of(points)).containsExactlyElementsOf(points);
  }
}
