package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static io.loble.preface.Bytes.concat;
import static io.loble.preface.Bytes.uint16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts ClientHello messages together, right and wrong ones, and cuts them into records. */
final class HelloBytes {

  private final List<byte[]> extensions = new ArrayList<>();
  private int version = 0x0303;
  private int[] suites = {0x1301, 0x1302};

  static HelloBytes hello() {
    return new HelloBytes();
  }

  HelloBytes version(int legacyVersion) {
    version = legacyVersion;
    return this;
  }

  HelloBytes suites(int... offered) {
    suites = offered.clone();
    return this;
  }

  HelloBytes extension(int type, byte[] value) {
    extensions.add(concat(uint16(type), uint16(value.length), value));
    return this;
  }

  HelloBytes serverName(byte[] name) {
    byte[] entry = concat(new byte[] {0}, uint16(name.length), name);
    return extension(0, concat(uint16(entry.length), entry));
  }

  HelloBytes serverName(String name) {
    return serverName(ascii(name));
  }

  HelloBytes alpn(String... names) {
    byte[] list = new byte[0];
    for (String name : names) {
      list = concat(list, new byte[] {(byte) name.length()}, ascii(name));
    }
    return extension(16, concat(uint16(list.length), list));
  }

  HelloBytes versions(int... offered) {
    byte[] list = new byte[0];
    for (int next : offered) {
      list = concat(list, uint16(next));
    }
    return extension(43, concat(new byte[] {(byte) list.length}, list));
  }

  /** What comes in front of the extensions. */
  byte[] start() {
    byte[] offered = new byte[0];
    for (int suite : suites) {
      offered = concat(offered, uint16(suite));
    }
    return concat(
        uint16(version),
        new byte[32],
        new byte[] {3, 9, 9, 9},
        uint16(offered.length),
        offered,
        new byte[] {1, 0});
  }

  /** The message with its header. */
  byte[] message() {
    byte[] all = concat(extensions.toArray(byte[][]::new));
    return message(concat(start(), uint16(all.length), all));
  }

  static byte[] message(byte[] body) {
    byte[] header = ByteBuffer.allocate(4).putInt((1 << 24) | body.length).array();
    return concat(header, body);
  }

  /** The message in one record, or in as many as one may have. */
  byte[] bytes() {
    return records(message(), 1 << 14);
  }

  /** A message in records of so many bytes. */
  static byte[] records(byte[] message, int size) {
    int count = (message.length + size - 1) / size;
    ByteBuffer records = ByteBuffer.allocate(message.length + 5 * count);
    for (int at = 0; at < message.length; at += size) {
      int length = Math.min(size, message.length - at);
      records.put((byte) 22).putShort((short) 0x0301).putShort((short) length);
      records.put(message, at, length);
    }
    return records.array();
  }

  /** The message that records hold. */
  static byte[] payload(byte[] records) {
    byte[] message = new byte[0];
    ByteBuffer left = ByteBuffer.wrap(records);
    while (left.hasRemaining()) {
      left.position(left.position() + 3);
      byte[] part = new byte[left.getShort() & 0xffff];
      left.get(part);
      message = concat(message, part);
    }
    return message;
  }
}
