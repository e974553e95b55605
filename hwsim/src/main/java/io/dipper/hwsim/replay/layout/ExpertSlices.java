package io.dipper.hwsim.replay.layout;

import static java.util.stream.Collectors.joining;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.proto.ExpertSlice;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the experts of a model lie on Flash: an expert is some slices, each a stretch of the file,
 * and those of a layer's experts follow one another, slice by slice.
 *
 * <p>Where the file's own places are not known, its layers are taken to follow one another, each
 * its dense part first, and to begin {@value #ALIGNMENT} bytes behind a page's edge: model files
 * align tensors to that, not to pages.
 *
 * @param layers the slices of an expert of each layer, in the order in which they are used
 */
public record ExpertSlices(List<List<Slice>> layers) {
  /** What tensors of a GGUF file are aligned to, in bytes. */
  public static final int ALIGNMENT = 32;

  public ExpertSlices {
    layers = layers.stream().map(List::copyOf).toList();
  }

  /**
   * One slice.
   *
   * @param matrices that it holds
   * @param bytes of one expert
   * @param place of the first expert's, from the start of the file
   */
  public record Slice(Set<Matrix> matrices, long bytes, long place) {
    public Slice {
      matrices = Set.copyOf(matrices);
    }

    /** How many pages the slice of an expert touches. */
    public long pages(int expert, long pageBytes) {
      long from = place + expert * bytes;
      return (from + bytes - 1) / pageBytes - from / pageBytes + 1;
    }
  }

  /**
   * The experts of a model: as its file has them, or where that is not known, three matrices of so
   * many bits per weight.
   */
  public static ExpertSlices of(ModelShape shape, WeightBits bits) {
    List<List<Slice>> layers = new ArrayList<>();
    long end = ALIGNMENT;
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      LayerStorage storage =
          shape.getStorageCount() > 0 ? shape.getStorage(layer) : assumed(shape, bits);
      List<Slice> slices = new ArrayList<>();
      end += storage.getDenseBytes();
      for (ExpertSlice slice : storage.getSlicesList()) {
        long place = slice.hasOffset() ? slice.getOffset() : end;
        slices.add(new Slice(matrices(slice), slice.getBytes(), place));
        end += shape.getExperts() * slice.getBytes();
      }
      layers.add(slices);
    }
    return new ExpertSlices(layers);
  }

  private static LayerStorage assumed(ModelShape shape, WeightBits bits) {
    UnitSpace experts = Experts.space(shape);
    LayerStorage.Builder storage = LayerStorage.newBuilder();
    for (Matrix matrix : Matrix.values()) {
      long bytes = (long) Math.ceil(experts.bytes(matrix, bits));
      storage.addSlices(ExpertSlice.newBuilder().setMatrices(name(matrix)).setBytes(bytes));
    }
    return storage.build();
  }

  private static Set<Matrix> matrices(ExpertSlice slice) {
    List<String> names = List.of(slice.getMatrices().split("_", -1));
    return Arrays.stream(Matrix.values())
        .filter(matrix -> names.contains(name(matrix)))
        .collect(Collectors.toSet());
  }

  private static String name(Matrix matrix) {
    return matrix.name().toLowerCase(Locale.ROOT);
  }

  /** The slices of an expert of a layer, in the order in which they are used. */
  public List<Slice> slices(int layer) {
    return layers.get(layer);
  }

  /** The bytes of an expert of a layer. */
  public long bytes(int layer) {
    return layers.get(layer).stream().mapToLong(Slice::bytes).sum();
  }

  /**
   * The slices of an expert of a layer that hold some matrices.
   *
   * @throws UserException if one of them holds others, too
   */
  public List<Slice> slices(int layer, Set<Matrix> some) {
    List<Slice> those =
        layers.get(layer).stream()
            .filter(slice -> slice.matrices().stream().anyMatch(some::contains))
            .toList();
    for (Slice slice : those) {
      if (!some.containsAll(slice.matrices())) {
        throw new UserException(
            "the model's file holds "
                + slice.matrices().stream()
                    .map(ExpertSlices::name)
                    .sorted()
                    .collect(joining(" and "))
                + " of an expert in one slice, of which a mask inside experts would read a part of"
                + " each row; choose inside=glu, or leave inside out");
      }
    }
    return those;
  }

  /** The bytes that reading an expert takes: whole pages. */
  public long bytesRead(int layer, int expert, long pageBytes) {
    return bytesRead(slices(layer), expert, pageBytes);
  }

  /** The bytes that reading some slices of an expert takes. */
  public static long bytesRead(List<Slice> some, int expert, long pageBytes) {
    long pages = 0;
    for (Slice slice : some) {
      pages += slice.pages(expert, pageBytes);
    }
    return pages * pageBytes;
  }

  /** The bytes of those slices. */
  public long bytes(int layer, Set<Matrix> some) {
    return slices(layer, some).stream().mapToLong(Slice::bytes).sum();
  }
}
