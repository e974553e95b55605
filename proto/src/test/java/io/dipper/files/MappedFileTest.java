package io.dipper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MappedFileTest {
  /** Windows of 16 bytes stand for those of 1 GiB. */
  @Property(tries = 200)
  void read_acrossWindows_isThatPartOfTheFile(
      @ForAll @Size(min = 1, max = 100) byte[] content,
      @ForAll @IntRange(max = 99) int from,
      @ForAll @IntRange(max = 100) int length)
      throws IOException {
    Path path = Files.createTempFile("mapped", ".bin");
    try {
      Files.write(path, content);
      MappedFile file = MappedFile.open(path, 4);
      int start = Math.min(from, content.length);
      int count = Math.min(length, content.length - start);
      byte[] out = new byte[count + 2];
      file.read(start, out, 1, count);
      assertThat(Arrays.copyOfRange(out, 1, count + 1))
          .isEqualTo(Arrays.copyOfRange(content, start, start + count));
      assertThat(file.size()).isEqualTo(content.length);
    } finally {
      Files.delete(path);
    }
  }

  /** 3 GiB of holes, and a few bytes at the end and across the second window's start. */
  @Test
  void read_beyondTwoGiB_works() throws IOException {
    Path path = Files.createTempFile("mapped", ".bin");
    long size = 3L << 30;
    try (var file = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      for (long position : List.of((1L << 30) - 1, (1L << 31) - 1, size - 3)) {
        file.seek(position);
        file.write(new byte[] {1, 2, 3});
      }
      MappedFile mapped = MappedFile.open(path);
      for (long position : List.of((1L << 30) - 1, (1L << 31) - 1, size - 3)) {
        byte[] out = new byte[3];
        mapped.read(position, out, 0, 3);
        assertThat(out).containsExactly(1, 2, 3);
      }
      assertThatThrownBy(() -> mapped.read(size - 2, new byte[3], 0, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
    } finally {
      Files.delete(path);
    }
  }

  @Test
  void open_ofWhatIsNoFile_isAUsersError(@org.junit.jupiter.api.io.TempDir Path folder) {
    assertThatThrownBy(() -> MappedFile.open(folder)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> MappedFile.open(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("no such file");
  }
}
