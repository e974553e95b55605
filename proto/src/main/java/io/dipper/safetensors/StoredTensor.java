package io.dipper.safetensors;

import io.dipper.files.MappedFile;
import java.util.List;

/**
 * A tensor as the header of a safetensors file describes it.
 *
 * @param dtype as the format names it
 * @param shape outermost dimension first
 * @param position of the first byte in the file
 */
public record StoredTensor(
    String name, String dtype, List<Long> shape, MappedFile file, long position, long bytes) {}
