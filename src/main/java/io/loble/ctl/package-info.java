/**
 * The command {@code ctl}: talks to a running balancer over HTTP and shows what it answers. This is
 * where the command line enters; the commands are in {@code ctl.command}.
 */
package io.loble.ctl;
