/**
 * The verticles, each of which can be deployed alone, by name and with JSON, from any language that
 * Vert.x speaks: {@code loble:main}, {@code loble:proxy}, {@code loble:health}, {@code
 * loble:admin}, {@code loble:server} and {@code loble:client}.
 *
 * <p>A verticle here reads its configuration and starts and stops what does the work, which lives
 * in the packages below. Only the packages from the test bed up may use these.
 */
package io.loble;
