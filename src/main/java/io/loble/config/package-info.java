/**
 * From TOML, JSON and the environment to validated records, and back to the JSON that verticles are
 * deployed with.
 *
 * <p>What leaves this package is complete and correct: defaults are filled in, names are unique,
 * ranges hold. What is wrong is reported all at once, each error with its place. Nothing here opens
 * a socket or knows what the settings are used for.
 */
package io.loble.config;
