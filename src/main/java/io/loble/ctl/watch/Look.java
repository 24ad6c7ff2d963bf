package io.loble.ctl.watch;

import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.AwayException;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.JsonText;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;

/** Looks at a balancer again and again. */
public interface Look {

  /**
   * Looks once; when the balancer is away, what it gives says so.
   *
   * @throws CtlException when looking again would be no use
   */
  String next() throws CtlException;

  /** Tables. */
  record Text(Watch watch, Layout layout) implements Look {

    @Override
    public String next() throws CtlException {
      watch.look();
      return watch.page(layout);
    }
  }

  /** The status as it is, in a line of JSON; an object with an {@code error} while it is away. */
  record Json(AdminClient client) implements Look {

    @Override
    public String next() throws CtlException {
      try {
        return JsonText.compact(client.object(Request.STATUS));
      } catch (AwayException e) {
        return JsonText.compact(new JsonObject().put("error", e.getMessage()));
      }
    }
  }
}
