/** The command {@code ctl}: talks to a running balancer over HTTP and shows what it answers. */
package io.loble.ctl;
