/**
 * The command line: commands, exit codes, logging set-up and the way the process starts and stops.
 */
package io.loble.cli;
