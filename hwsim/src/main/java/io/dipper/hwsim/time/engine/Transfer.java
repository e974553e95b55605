package io.dipper.hwsim.time.engine;

/**
 * A stretch of a transfer.
 *
 * @param place the token under way, and the layer and step that the bytes are for
 * @param bytes of the whole transfer; 0 for a stretch at whose end it was set aside
 */
public record Transfer(
    TransferKind kind, Place place, double startPs, double endPs, double bytes) {}
