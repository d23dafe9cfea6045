package dev.gatehouse.store;

/**
 * What a node took out of a window, or put into it, at once.
 *
 * @param taken how many requests, at least 0
 * @param left how many more the window takes, at least 0
 * @param endMillis when the window ends
 */
record Chunk(long taken, long left, long endMillis) {}
