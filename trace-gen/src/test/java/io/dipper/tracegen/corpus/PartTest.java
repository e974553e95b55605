package io.dipper.tracegen.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
  @Test
  void everyThirdBlock_fromTheSecondOn() {
    int[] text = IntStream.range(0, 17).toArray();
    assertThat(Part.parse("2/3").of(text, 2)).containsExactly(2, 3, 8, 9, 14, 15);
    assertThat(new Corpus(text, "", "").part(Part.parse("3/3"), 2).tokens())
        .containsExactly(4, 5, 10, 11);
  }

  @Property
  void parts_areDisjointAndTogetherAllWholeBlocks(
      @ForAll @IntRange(max = 200) int tokens,
      @ForAll @IntRange(min = 1, max = 20) int blockLength,
      @ForAll @IntRange(min = 1, max = 12) int parts) {
    int[] text = IntStream.range(0, tokens).toArray();
    int[] all =
        IntStream.rangeClosed(1, parts)
            .flatMap(i -> Arrays.stream(new Part(i, parts).of(text, blockLength)))
            .sorted()
            .toArray();
    int whole = parts == 1 ? tokens : tokens / blockLength * blockLength;
    assertThat(all).isEqualTo(Arrays.copyOf(text, whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0/2", "3/2", "1/0", "1/2/3", "-1/2", "a/b", "1/9999999999"})
  void whatIsNoPart_isRefused(String text) {
    assertThatThrownBy(() -> Part.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1/2");
  }
}
