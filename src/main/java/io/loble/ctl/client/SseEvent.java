package io.loble.ctl.client;

/** An event of a stream, as the server sent it. */
public record SseEvent(String type, String data) {}
