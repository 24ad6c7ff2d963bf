/**
 * The command line: commands, exit codes, logging set-up, the way the process starts and stops, and
 * what it tells of that to what started it.
 */
package io.loble.cli;
