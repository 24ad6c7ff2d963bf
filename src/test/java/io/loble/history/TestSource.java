package io.loble.history;

import io.loble.model.Rejection;
import java.util.List;

/** Samples as a test wants them. What has grown has grown once. */
final class TestSource implements Source {

  private long accepted;
  private long rejected;
  private Rejection reason = Rejection.LIMIT;
  private long active;
  private long usable;
  private long backends;
  private List<String> pools = List.of();
  private boolean balancesRequests;
  private long requests;
  private long failedRequests;

  void accept(long by) {
    accepted += by;
  }

  void rejected(Rejection why, long by) {
    reason = why;
    rejected += by;
  }

  void levels(long nowActive, long nowUsable, long nowBackends) {
    active = nowActive;
    usable = nowUsable;
    backends = nowBackends;
  }

  void requests(long all, long failed) {
    balancesRequests = true;
    requests += all;
    failedRequests += failed;
  }

  void only(String... names) {
    pools = List.of(names);
  }

  @Override
  public void sample(Target target) {
    for (String pool : pools) {
      Amounts of = new Amounts();
      of.count(Amounts.CONNECTIONS, accepted);
      target.pool(pool, of);
    }
    Amounts all = new Amounts();
    all.count(Amounts.ACCEPTED, accepted);
    all.count(Amounts.rejected(reason), rejected);
    all.setActive(active);
    all.setBackends(usable, backends);
    if (balancesRequests) {
      all.setBalancesRequests();
    }
    all.count(Amounts.REQUESTS, requests);
    all.count(Amounts.FAILED_REQUESTS, failedRequests);
    target.process(all);
    requests = 0;
    failedRequests = 0;
    accepted = 0;
    rejected = 0;
  }
}
