/**
 * Who is in a pool: sources name members, and a pool's membership merges them. Pure: no I/O, no
 * clock, no health.
 */
package io.loble.upstream.member;
