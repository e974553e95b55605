package io.dipper.hwsim.study.verdict;

import static io.dipper.hwsim.study.verdict.Swept.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Row;
import org.junit.jupiter.api.Test;

class BestPointsTest {
  private static BestPoints best(Swept swept, double mostLoss) {
    SweptPoints points = swept.points();
    return BestPoints.of(points, points.rows(), new LossBound(mostLoss));
  }

  private static Row live(Row row, double perplexity) {
    return row.with("perplexity", perplexity);
  }

  @Test
  void aMaskSlowerThanDense_isNotTheBest() {
    Swept swept =
        new Swept().with(row("d", "dense", 1, 100)).with(live(row("m", "dip", 0.5, 55), 10.1));
    assertThat(best(swept, 0.5).proven()).returns("d", PointRow::pointId);
    assertThat(best(swept, 0.5).promising()).isNull();
  }

  /** Faster than the dense point of its own cache, but not than the best dense one there is. */
  @Test
  void dense_isTheFastestOfItsMemory_whateverItsCacheAndLayout() {
    Swept swept =
        new Swept()
            .with(row("slow", "dense", 1, 40).with("cache", "lru"))
            .with(row("fast", "dense", 1, 100), c -> c.setLayoutValue(1))
            .with(live(row("m", "dip", 0.5, 55).with("cache", "lru"), 10.1));
    SweptPoints points = swept.points();
    assertThat(points.speedup(points.rows().get(2))).hasValue(0.55);
    assertThat(best(swept, 0.5).proven()).returns("fast", PointRow::pointId);
  }

  @Test
  void anotherMemory_isAnotherDense() {
    Swept swept =
        new Swept()
            .with(row("d", "dense", 1, 100).with("capacity", "75% of the model"))
            .with(row("e", "dense", 1, 40))
            .with(live(row("m", "dip", 0.5, 55), 10.1));
    SweptPoints points = swept.points();
    assertThat(points.speedup(points.rows().get(2))).hasValue(55 / 40.0);
  }

  @Test
  void unknownQuality_isNamedBesideTheBest_neverInItsPlace() {
    Swept swept =
        new Swept()
            .with(row("d", "dense", 1, 100))
            .with(live(row("m", "dip", 0.7, 130), 10.2))
            .with(row("u", "dip", 0.3, 539));
    assertThat(best(swept, 0.5).proven()).returns("m", PointRow::pointId);
    assertThat(best(swept, 0.5).promising()).returns("u", PointRow::pointId);
    assertThat(best(swept, 0.1).proven()).returns("d", PointRow::pointId);
  }

  @Test
  void aPredictedLossBeyondTheLimit_promisesNothing() {
    Swept swept =
        new Swept()
            .with(row("d", "dense", 1, 100))
            .with(row("u", "dip", 0.3, 539).with("perplexity_predicted", 14.0))
            .with(row("v", "dip", 0.6, 200).with("perplexity_predicted", 10.3));
    assertThat(best(swept, 0.5).promising()).returns("v", PointRow::pointId);
    assertThat(best(swept, 5).promising()).returns("u", PointRow::pointId);
  }
}
