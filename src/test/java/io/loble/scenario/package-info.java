/**
 * Scenarios: what a user would do with the packaged jar, and what must come of it. Real processes,
 * real sockets, real bytes; one file a scenario, named for what it proves. Nothing here looks into
 * the program: it is started, talked to and read, as from outside.
 */
package io.loble.scenario;
