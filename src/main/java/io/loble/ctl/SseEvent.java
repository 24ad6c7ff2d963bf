package io.loble.ctl;

/** An event of a stream, as the server sent it. */
record SseEvent(String type, String data) {}
