package io.dipper.bench.phone;

import io.dipper.proto.Processor;

/**
 * The three numbers of a profile that are fitted to a phone's runs.
 *
 * @param expertLayer seconds of a layer beside reading and the profile's other costs: what is left
 *     of the time of a token's resident part
 * @param expertByte seconds of a token on each byte of an expert that it computes with
 * @param admitByte seconds on each byte that enters the cache
 */
record FittedNumbers(double expertLayer, double expertByte, double admitByte) {
  /** Those of a profile. */
  static FittedNumbers of(Processor processor) {
    return new FittedNumbers(
        processor.getExpertLayer().getValue(),
        processor.getExpertArithmetic().getValue(),
        processor.getAdmit().getValue());
  }
}
