/** The commands below {@code ctl}, one class per command, and what they share. */
package io.loble.ctl.command;
