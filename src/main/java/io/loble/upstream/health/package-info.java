/**
 * The health of one backend: a state machine that is pure, and the outcomes of connections that
 * proxies report.
 */
package io.loble.upstream.health;
