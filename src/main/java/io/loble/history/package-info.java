/**
 * What the process remembers of its own figures and events: five minutes by the second, an hour by
 * ten seconds, a day by the minute.
 *
 * <p>Once a second the counters that exist anyway are read, and what they have grown by is kept in
 * rings of fixed size. Nothing here is known to the code that relays, and memory is bounded however
 * many listeners, pools and backends come and go. Times are monotonic; see {@link
 * io.loble.history.SlotClock}.
 */
package io.loble.history;
