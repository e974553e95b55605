package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixViewTest {
  private static final float[] A = {1, 2, 3, 4, 5, 6};
  private static final float[] B = {7, 8, 9, 10, 11, 12};

  /** [1 2 3; 4 5 6] times [7 8; 9 10; 11 12], by hand. */
  @Test
  void product_readsItsViewsFromTheirFirstValue() {
    assertThat(result((out, a, b) -> out.product(a, b.view(1, 3, 2))))
        .containsExactly(58, 64, 139, 154);
  }

  /** [1 2 3; 4 5 6] times the transpose of [7 8 9; 10 11 12], by hand, once and twice. */
  @Test
  void productTransposed_isSet_andAdded() {
    float[] once = {50, 68, 122, 167};
    assertThat(result((out, a, b) -> out.productTransposed(a, b.view(1, 2, 3))))
        .containsExactly(once);
    assertThat(
            result(
                (out, a, b) -> {
                  out.productTransposed(a, b.view(1, 2, 3));
                  out.addProductTransposed(a, b.view(1, 2, 3));
                }))
        .containsExactly(100, 136, 244, 334);
  }

  @Test
  void aViewBeyondItsMatrix_orOfAnotherShape_isRefused() {
    try (NativeMatrix six = new NativeMatrix(2, 3)) {
      assertThatThrownBy(() -> six.view(1, 2, 3)).hasMessage("2 x 3 from 1 of 6 values");
      assertThatThrownBy(() -> six.view(-1, 2, 3)).isInstanceOf(IllegalArgumentException.class);
      MatrixView all = six.viewRows(0, 2);
      assertThatThrownBy(() -> all.product(all, all)).hasMessage("2 x 3 from 2 x 3 and 2 x 3");
    }
  }

  private interface Work {
    void on(MatrixView out, MatrixView a, NativeMatrix b);
  }

  /** What is made of A and of B, which lies behind one other value, in a matrix that holds ones. */
  private static float[] result(Work work) {
    try (NativeMatrix a = new NativeMatrix(2, 3);
        NativeMatrix b = new NativeMatrix(1, 7);
        NativeMatrix out = new NativeMatrix(2, 2)) {
      a.write(0, A, 0, 6);
      b.write(0, new float[] {-1}, 0, 1);
      b.write(1, B, 0, 6);
      float[] result = {1, 1, 1, 1};
      out.write(0, result, 0, 4);
      work.on(out.viewRows(0, 2), a.viewRows(0, 2), b);
      out.read(0, result, 0, 4);
      return result;
    }
  }
}
