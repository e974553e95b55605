package io.dipper.hwsim.study.quality;

/**
 * A live run that the model is fitted on.
 *
 * @param point what was run, for people: policy, cache and capacity
 * @param lost what its masks lose on the trace
 * @param increase of the mean negative log-likelihood over the dense run, in nats: ln of the ratio
 *     of the perplexities
 * @param standardError of the increase, paired over blocks
 */
public record LiveSample(String point, LostEnergy lost, double increase, double standardError) {}
