package dev.gatehouse.servlet;

/** Being written. */
public final class FilterBuilder {}
