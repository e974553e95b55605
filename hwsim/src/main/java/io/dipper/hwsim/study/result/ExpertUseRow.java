package io.dipper.hwsim.study.result;

/**
 * How often a layer's router chose an expert: a row of {@code experts.csv}.
 *
 * @param layer of the model
 * @param tokens of the trace for which the layer's router chose, prompts included
 * @param uses of them for which it chose this expert
 */
public record ExpertUseRow(int layer, int expert, long tokens, long uses) {}
