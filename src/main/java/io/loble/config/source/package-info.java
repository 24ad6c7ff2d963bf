/**
 * Where a configuration comes from: the TOML file, the JSON of {@code -conf}, environment
 * variables, and which of them wins. Reading files blocks, with a deadline and a bound on their
 * size.
 */
package io.loble.config.source;
