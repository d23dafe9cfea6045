package dev.gatehouse.spi;

/** A store that can be read and written. */
public interface ManagedStore extends ConsumerStore, ConsumerRegistry {}
