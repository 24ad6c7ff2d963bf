package io.loble.config;

import java.time.Duration;

/**
 * How long a connection may wait for what. {@link Duration#ZERO} means no bound.
 *
 * @param connect for a backend to accept; never zero
 * @param idle without a byte either way
 * @param halfClosed without a byte after one side has closed
 * @param maxDuration from accept to end
 * @param drain for open connections to finish when the process stops; zero closes them at once
 */
public record Timeouts(
    Duration connect, Duration idle, Duration halfClosed, Duration maxDuration, Duration drain) {}
