package io.loble.history;

/**
 * What is asked for.
 *
 * @param since nothing older than this time, in milliseconds since 1970; 0 for all of the range
 */
public record HistoryQuery(HistoryRange range, Scope scope, long since) {}
