package io.dipper.registry;

/** A kind of plugin for tests, which brings texts. */
public interface NameProvider extends Provider<String> {}
