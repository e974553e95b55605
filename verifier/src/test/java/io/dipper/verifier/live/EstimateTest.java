package io.dipper.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.verifier.live.Estimate.Block;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void perplexity_isTheExponentialOfTheMeanOverAllPositions() {
    Estimate estimate = Estimate.perplexity(List.of(new Block(10, 4), new Block(20, 6)));
    assertThat(estimate.value()).isEqualTo(Math.exp(3.0));
  }

  /** Means 2 and 4 nats: the mean's standard error is sqrt(2)/sqrt(2) = 1 nat, times e^3. */
  @Test
  void standardError_ofTwoEqualBlocks_isThatOfTheirMeanTimesThePerplexity() {
    Estimate estimate = Estimate.perplexity(List.of(new Block(20, 10), new Block(40, 10)));
    assertThat(estimate.standardError()).isCloseTo(Math.exp(3.0), within(1e-9));
  }

  @Test
  void standardError_ofOneBlock_isUnknown() {
    assertThat(Estimate.perplexity(List.of(new Block(20, 10))).standardError()).isNaN();
  }

  @Test
  void difference_ofARunWithItself_isZeroWithoutError() {
    List<Block> blocks = List.of(new Block(20, 10), new Block(33, 11), new Block(7, 5));
    assertThat(Estimate.difference(blocks, blocks)).isEqualTo(new Estimate(0, 0));
  }

  /** Every block 0.1 nat worse per token: the paired error is far below either run's own. */
  @Test
  void difference_isSharperThanTheRunsThemselves_whereBlocksMoveTogether() {
    List<Block> dense = List.of(new Block(200, 100), new Block(300, 100), new Block(250, 100));
    List<Block> sparse = List.of(new Block(210, 100), new Block(310, 100), new Block(260, 100));
    Estimate difference = Estimate.difference(sparse, dense);
    assertThat(difference.value()).isCloseTo(Math.exp(2.6) - Math.exp(2.5), within(1e-9));
    assertThat(difference.standardError())
        .isLessThan(Estimate.perplexity(dense).standardError() / 5);
  }

  /** The oracle is the spread of the estimate over many draws of blocks of unequal length. */
  @Test
  void standardError_agreesWithTheSpreadOverManyDraws() {
    Random random = new Random(1);
    int draws = 4000;
    double sum = 0;
    double squares = 0;
    double errors = 0;
    for (int d = 0; d < draws; d++) {
      Estimate estimate =
          Estimate.perplexity(
              IntStream.range(0, 40)
                  .mapToObj(
                      b -> {
                        int scored = 50 + random.nextInt(100);
                        return new Block(scored * (3 + 0.1 * random.nextGaussian()), scored);
                      })
                  .toList());
      sum += estimate.value();
      squares += estimate.value() * estimate.value();
      errors += estimate.standardError();
    }
    double mean = sum / draws;
    double spread = Math.sqrt(squares / draws - mean * mean);
    assertThat(errors / draws).isCloseTo(spread, within(0.05 * spread));
  }
}
