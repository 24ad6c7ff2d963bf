package io.loble.sim.client;

import java.util.function.LongSupplier;

/**
 * What one of several instances of a simulator sees to: every so many-th of all. So each is seen to
 * by exactly one of them.
 *
 * @param instance from 0
 * @param instances how many there are
 * @param numbers gives the next client of a closed loop its number, in the order in which they
 *     start on whichever instance
 */
record Share(int instance, int instances, LongSupplier numbers) {}
