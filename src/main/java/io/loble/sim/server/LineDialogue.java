package io.loble.sim.server;

import io.loble.sim.Command;
import io.loble.sim.LineProtocol;
import io.vertx.core.buffer.Buffer;

/** The line protocol. */
final class LineDialogue implements Dialogue {

  private static final Buffer TOO_LONG = Buffer.buffer("ERR line too long\n");

  private final Way way;
  private final ServerStats stats;
  private final Answers answers;
  private final LineProtocol protocol = new LineProtocol();

  LineDialogue(Way way, ServerStats stats, Answers answers) {
    this.way = way;
    this.stats = stats;
    this.answers = answers;
  }

  @Override
  public void offer(Buffer chunk) {
    protocol.offer(chunk);
  }

  @Override
  public boolean advance() {
    Command command = protocol.poll();
    if (command == null) {
      return false;
    }
    execute(command);
    return true;
  }

  @Override
  public boolean isMidAnswer() {
    return protocol.isMidEcho();
  }

  private void execute(Command command) {
    if (command instanceof Command.Line line) {
      stats.requested(line.verb());
      Buffer answer = answers.to(line);
      way.after(answers.waitNanos(line.verb().delayed()), () -> way.write(answer));
    } else if (command instanceof Command.EchoBytes echo) {
      way.write(answers.to(echo));
    } else {
      way.refuse(TOO_LONG);
    }
  }
}
