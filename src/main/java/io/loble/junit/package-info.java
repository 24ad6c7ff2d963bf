/**
 * Support for tests of other projects: a JUnit 5 extension that puts a balancer with simulated
 * servers before the client under test. Nothing else here uses it, and JUnit is not in the fat jar.
 */
package io.loble.junit;
