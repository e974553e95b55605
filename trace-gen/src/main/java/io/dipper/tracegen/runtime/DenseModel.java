package io.dipper.tracegen.runtime;

import io.dipper.adapter.Adapter;
import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.corpus.Continuations;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that runs: token ids in, negative log-likelihoods or logits out, with a hook at every
 * site of the MLP blocks on the way.
 *
 * <p>Computed in fp32, in blocks of tokens; the results do not depend on the number of threads. For
 * one caller at a time. Close it before the {@link ModelFile}.
 *
 * <pre>{@code
 * try (ModelFile file = ModelFiles.open(path);
 *     DenseModel model = new DenseModel(file, RuntimeOptions.defaults())) {
 *   List<Window> windows = new Protocol.Disjoint(2048).windows(tokens, -1);
 *   Perplexity dense = model.evaluate(windows, MlpHook.NONE, progress);
 *   Perplexity sparse = model.evaluate(windows, maskingHook, progress);
 * }
 * }</pre>
 */
public final class DenseModel implements AutoCloseable {
  /** Tokens that pass a layer before the next layer is decoded. */
  private static final int BATCH_TOKENS = 8192;

  private final ModelConfig config;
  private final Workers workers;
  private final MatrixProducts products;
  private final WeightStore store;
  private final Decoder decoder;
  private final OutputHead head;

  /**
   * @throws UserException if not even one layer can be decoded within the memory limit
   */
  public DenseModel(ModelFile file, RuntimeOptions options) {
    LayerMemory.check(file, ProcessMemory.current(), options.threads());
    Nd4jBackend.start();
    this.config = file.config();
    this.workers = new Workers(options.threads());
    this.products = new MatrixProducts(workers);
    this.store = new WeightStore(file, workers, options.residentBytes());
    this.decoder = new Decoder(config, store, workers, products);
    this.head = new OutputHead(config, store, workers, products);
  }

  public ModelConfig config() {
    return config;
  }

  /**
   * Runs with an adapter from now on. It must belong to the model: {@link Adapter#check}.
   *
   * @param adapter null for none
   */
  public void use(@Nullable Adapter adapter) {
    store.adapters().use(adapter);
  }

  /** The threads that this model computes with; a hook may use them while it is called. */
  public Workers workers() {
    return workers;
  }

  /**
   * Runs windows as sequences of their own and scores them.
   *
   * <p>Many tokens pass a layer before the next layer is decoded, and of keys and values only one
   * layer's are held; {@link MlpHook} says what that means for the order of its calls. Sequences
   * are numbered as the windows are.
   *
   * @param progress counts tokens, those that are not scored included
   * @return one block per window
   */
  public Perplexity evaluate(List<Window> windows, MlpHook hook, Progress progress) {
    int total = windows.stream().mapToInt(w -> w.tokens().length).sum();
    progress.start("evaluating", "tokens", total);
    List<float[]> nll = new ArrayList<>();
    for (int first = 0; first < windows.size(); ) {
      int end = batchEnd(windows, first);
      nll.addAll(evaluate(windows.subList(first, end), first, hook, progress));
      first = end;
    }
    return new Perplexity(nll);
  }

  /**
   * Scores what may follow contexts; each context passes the model once.
   *
   * <p>Sequences are numbered in order, a context and then each of its continuations, as {@link
   * Continuations#sequenceLengths} lists them. A hook sees of a continuation the tokens after the
   * context and before the last, at their positions. All items are one batch: their states are held
   * at once.
   *
   * @return one block per continuation
   */
  public Perplexity score(List<Continuations> items, MlpHook hook) {
    for (Continuations item : items) {
      checked(item.context());
      item.texts().forEach(this::checked);
    }
    int longest = items.stream().mapToInt(Continuations::longest).max().orElse(0);
    try (KvCache cache = cache(1, longest)) {
      Branches branches = new Branches(items, decoder, cache, config.shape().getHiddenSize());
      decoder.run(branches.segments(), hook, layer -> {});
      return new Perplexity(branches.nll(head));
    }
  }

  private static int batchEnd(List<Window> windows, int first) {
    int end = first;
    int tokens = 0;
    do {
      tokens += windows.get(end++).tokens().length;
    } while (end < windows.size() && tokens + windows.get(end).tokens().length <= BATCH_TOKENS);
    return end;
  }

  private List<float[]> evaluate(
      List<Window> batch, int firstSequence, MlpHook hook, Progress progress) {
    int longest = batch.stream().mapToInt(w -> w.tokens().length).max().orElse(0);
    int tokens = batch.stream().mapToInt(w -> w.tokens().length).sum();
    int layers = config.shape().getLayers();
    try (KvCache cache = cache(1, longest)) {
      List<Segment> segments = new ArrayList<>();
      for (int w = 0; w < batch.size(); w++) {
        int[] window = checked(batch.get(w).tokens());
        segments.add(decoder.embed(firstSequence + w, window.length, 0, window, cache));
      }
      decoder.run(
          segments,
          hook,
          layer ->
              progress.advance(
                  (long) tokens * (layer + 1) / layers - (long) tokens * layer / layers));
      List<float[]> nll = new ArrayList<>();
      for (int w = 0; w < batch.size(); w++) {
        nll.add(scored(batch.get(w), segments.get(w).state()));
      }
      return nll;
    }
  }

  private float[] scored(Window window, float[] state) {
    int width = config.shape().getHiddenSize();
    int[] targets =
        Arrays.copyOfRange(window.tokens(), window.firstScored(), window.tokens().length);
    int from = (window.firstScored() - 1) * width;
    return head.nll(Arrays.copyOfRange(state, from, from + targets.length * width), targets);
  }

  /** The logits after each token of a sequence, row-major, a row of the vocabulary's size each. */
  public float[] logits(int[] tokens) {
    try (KvCache cache = cache(1, tokens.length)) {
      Segment segment = decoder.embed(0, tokens.length, 0, checked(tokens), cache);
      decoder.run(List.of(segment), MlpHook.NONE, layer -> {});
      return head.logits(segment.state(), tokens.length);
    }
  }

  /**
   * Begins a sequence that is run chunk by chunk through all layers: what a recorder needs, that
   * must have all sites of a token at once.
   *
   * @param sequence its index, as the hook sees it
   * @param length how many tokens it may have
   */
  public Sequence begin(int sequence, int length) {
    return new Sequence(sequence, cache(config.shape().getLayers(), length));
  }

  /**
   * Begins a sequence whose MLP blocks the caller computes.
   *
   * @param length how many tokens it may have
   */
  public TokenSteps steps(int length) {
    KvCache cache = cache(config.shape().getLayers(), length);
    return new TokenSteps(config, store, decoder, head, cache);
  }

  /** A sequence under way: the keys and values of its tokens so far. */
  public final class Sequence implements AutoCloseable {
    private final int sequence;
    private final KvCache cache;
    private int position;

    private Sequence(int sequence, KvCache cache) {
      this.sequence = sequence;
      this.cache = cache;
    }

    /**
     * Runs the next tokens.
     *
     * @param tokens the next ones
     * @param targets of the first tokens, the token that follows each; at most as many as tokens
     * @return the NLL of each target, in nats
     */
    public float[] extend(int[] tokens, int[] targets, MlpHook hook) {
      if (position + tokens.length > cache.capacity()) {
        throw new IllegalArgumentException("longer than the " + cache.capacity() + " announced");
      }
      Segment segment = decoder.embed(sequence, cache.capacity(), position, checked(tokens), cache);
      decoder.run(List.of(segment), hook, layer -> {});
      position += tokens.length;
      return head.nll(segment.state(), targets);
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  private KvCache cache(int layers, int capacity) {
    ModelShape shape = config.shape();
    return new KvCache(layers, shape.getKvHeads(), capacity, shape.getHeadDim());
  }

  private int[] checked(int[] tokens) {
    int vocabulary = config.shape().getVocabularySize();
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new UserException(
            "token " + token + ": the model's ids go from 0 to " + (vocabulary - 1));
      }
    }
    return tokens;
  }

  @Override
  public void close() {
    decoder.close();
    store.close();
    products.close();
    workers.close();
  }
}
