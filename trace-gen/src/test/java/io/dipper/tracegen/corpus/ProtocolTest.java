package io.dipper.tracegen.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
  private static int[] tokens(int count) {
    return IntStream.range(100, 100 + count).toArray();
  }

  @Test
  void disjoint_dropsTheLastShortBlockAndScoresAllButTheFirst() {
    List<Window> windows = new Protocol.Disjoint(4).windows(tokens(11), -1);

    assertThat(windows).hasSize(2).allMatch(w -> w.firstScored() == 1);
    assertThat(windows.get(0).tokens()).containsExactly(100, 101, 102, 103);
    assertThat(windows.get(1).tokens()).containsExactly(104, 105, 106, 107);
  }

  @Test
  void sliding_scoresInEachWindowWhatNoneBeforeItHeld() {
    List<Window> windows = new Protocol.Sliding(1024, 512).windows(tokens(6144), -1);

    assertThat(windows).hasSize(11);
    assertThat(windows.get(0).scored()).isEqualTo(1023);
    assertThat(windows.subList(1, 11)).allMatch(w -> w.scored() == 512);
  }

  @Property
  void sliding_scoresEveryTokenButTheFirstOnce(
      @ForAll @IntRange(min = 2, max = 60) int count,
      @ForAll @IntRange(min = 4, max = 20) int length,
      @ForAll @IntRange(min = 1, max = 3) int stride) {
    List<Window> windows = new Protocol.Sliding(length, stride).windows(tokens(count), -1);

    int[] scored =
        windows.stream()
            .flatMapToInt(
                w -> IntStream.range(w.firstScored(), w.tokens().length).map(i -> w.tokens()[i]))
            .toArray();
    assertThat(scored).containsExactly(IntStream.range(101, 100 + count).toArray());
  }

  @Test
  void llamaCpp_scoresWhatIsPredictedInTheSecondHalf() {
    List<Window> windows = new Protocol.LlamaCpp(512).windows(tokens(1100), -1);

    assertThat(windows).hasSize(2).allMatch(w -> w.firstScored() == 257 && w.scored() == 255);
    assertThat(windows.get(1).tokens()[0]).isEqualTo(100 + 512);
  }

  @Test
  void llamaCpp_putsTheAddedTokenInFrontOfTheTextAndOverEachChunksFirst() {
    List<Window> windows = new Protocol.LlamaCpp(4).windows(tokens(7), 9);

    assertThat(windows).hasSize(2);
    assertThat(windows.get(0).tokens()).containsExactly(9, 100, 101, 102);
    assertThat(windows.get(1).tokens()).containsExactly(9, 104, 105, 106);
  }

  @Test
  void forContext_isDisjointAndNoLongerThanTheContext() {
    assertThat(Protocol.forContext(256).name()).isEqualTo("disjoint-256");
    assertThat(Protocol.forContext(8192).name()).isEqualTo("disjoint-2048");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disjoint-2048", "sliding-1024-512", "llamacpp-512"})
  void parse_isTheInverseOfName(String name) {
    assertThat(Protocol.parse(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "disjoint",
        "disjoint-3",
        "disjoint-512-2",
        "sliding-512",
        "sliding-512-512",
        "sliding-512-0",
        "llamacpp-512-256",
        "strided-1-2",
        "disjoint-99999999999"
      })
  void parse_refusesAnythingElse(String name) {
    assertThatThrownBy(() -> Protocol.parse(name))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("protocol " + name + ":");
  }

  @Test
  void windows_ofATextThatIsTooShortSayHowMuchIsNeeded() {
    assertThatThrownBy(() -> new Protocol.Disjoint(2048).windows(tokens(100), -1))
        .isInstanceOf(UserException.class)
        .hasMessage("text: 100 tokens, but disjoint-2048 needs at least 2048");
  }
}
