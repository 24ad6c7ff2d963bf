/**
 * Scenarios: timelines in JSON of what happens to a balancer, its servers and its clients, with
 * what must be seen meanwhile; and the player that makes them happen on a test bed and judges. What
 * the steps may do is what the test bed offers; nothing here knows how a balancer works.
 */
package io.loble.play;
