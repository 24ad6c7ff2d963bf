/**
 * The demo: a test bed that people watch, and change with single keys. What the keys do is what
 * commands and the servers' control do; nothing here reaches further into a balancer.
 */
package io.loble.demo;
