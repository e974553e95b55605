package io.dipper.bench.phone;

/**
 * What was predicted of a run, in tokens per second.
 *
 * @param predicted in all
 * @param reading the seconds of a token that it waits for Flash
 */
record RunPrediction(String name, RecordedRun measured, double predicted, double reading) {
  double error() {
    return predicted / measured.tokensPerSecond() - 1;
  }
}
