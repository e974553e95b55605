package io.dipper.trace;

import io.dipper.proto.ModelShape;
import io.dipper.proto.TraceManifest;
import io.dipper.testing.SharedData;
import java.nio.file.Path;
import java.util.Random;

/** Traces to test with. */
final class Traces {
  static final Path GOLDEN = SharedData.testdata("golden/bookworm.arrow");

  private Traces() {}

  /** A small model's manifest, all sites. */
  static TraceManifest manifest(int sequences, int length) {
    return TraceManifest.newBuilder()
        .setFormatVersion(1)
        .setModel(
            ModelShape.newBuilder()
                .setName("tiny")
                .setLayers(2)
                .setHiddenSize(5)
                .setIntermediateSize(7)
                .setVocabularySize(100))
        .setProtocol("disjoint-" + length)
        .setBlockLength(length)
        .setSequences(sequences)
        .setTokens(sequences * length)
        .addSites("x")
        .addSites("gate")
        .addSites("up")
        .addSites("glu")
        .setProducer("test")
        .build();
  }

  /** A block of whole sequences with random finite values; the last loss of each is null. */
  static TraceBlock block(TraceManifest manifest, long seed) {
    Random random = new Random(seed);
    TraceBlock block = TraceBlock.of(manifest, manifest.getTokens());
    for (int sequence = 0; sequence < manifest.getSequences(); sequence++) {
      for (int position = 0; position < manifest.getBlockLength(); position++) {
        int row = block.add(sequence, position, random.nextInt(100));
        if (position < manifest.getBlockLength() - 1) {
          block.nll(row, random.nextFloat() * 10);
        }
      }
    }
    for (int layer = 0; layer < manifest.getModel().getLayers(); layer++) {
      for (Site site : Site.ofDenseLayers()) {
        float[] values = new float[block.rows() * site.width(manifest.getModel())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * Math.exp(4 * random.nextGaussian()));
        }
        block.put(layer, site, 0, block.rows(), values);
      }
    }
    return block;
  }

  /** Writes a whole trace. */
  static Path write(Path file, TraceManifest manifest, TraceBlock block) {
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      writer.append(block);
      writer.finish();
    }
    return file;
  }

  /** Writes a trace again, a few rows at a time, from what a reader reads. */
  static void copy(TraceReader from, Path to, int rowsAtOnce) {
    TraceBlock block = TraceBlock.of(from.manifest(), rowsAtOnce);
    int[] tokens = from.tokenIds();
    float[] nll = from.nll();
    try (TraceWriter writer = TraceWriter.create(to, from.manifest(), from.norms())) {
      for (SequenceSpan span : from.sequences()) {
        for (int position = 0; position < span.length(); position++) {
          int row = span.firstRow() + position;
          int r = block.add(span.index(), position, tokens[row]);
          block.nll(r, nll[row]);
          copyValues(from, row, block, r);
          if (block.rows() == block.capacity()) {
            writer.append(block);
            block.clear();
          }
        }
      }
      writer.append(block);
      writer.finish();
    }
  }

  private static void copyValues(TraceReader from, int row, TraceBlock block, int blockRow) {
    for (int layer = 0; layer < from.model().getLayers(); layer++) {
      for (Site site : from.sites()) {
        SiteColumn column = from.column(layer, site);
        short[] values = new short[column.width()];
        column.read(row, values);
        System.arraycopy(
            values, 0, block.values(layer, site), blockRow * values.length, values.length);
      }
    }
  }
}
