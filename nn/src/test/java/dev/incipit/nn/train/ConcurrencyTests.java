package dev.incipit.nn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Law 1 where many threads train at once: each network is the one that it is alone. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConcurrencyTests {

  private static final int USERS = 4;
  private static final int THREADS = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  @Test
  void networksTrainedAtOnceAreThoseTrainedAlone() throws Exception {
    Workers.setThreads(1);
    List<Tensor> alone = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      alone.add(trained(user));
    }
    try (ExecutorService users = Executors.newFixedThreadPool(USERS)) {
      List<Future<Tensor>> together = new ArrayList<>();
      for (int user = 0; user < USERS; user++) {
        int mine = user;
        together.add(users.submit(() -> trained(mine)));
      }
      while (together.stream().anyMatch(future -> !future.isDone())) {
        for (int threads = 1; threads <= 3; threads++) {
          Workers.setThreads(threads);
          Thread.sleep(1);
        }
      }
      for (int user = 0; user < USERS; user++) {
        assertTrue(alone.get(user).bitEquals(together.get(user).get()), "network " + user);
      }
    }
  }

  /** Layers large enough to be shared, each user's of another width. */
  private static Tensor trained(int user) {
    RandomKey key = RandomKey.of(user);
    Tensor x = Tensor.zeros(256, 50);
    key.split("x").fillNormal(x, 0, 1);
    int[] labels = new int[256];
    key.split("labels").permutation(labels);
    for (int i = 0; i < labels.length; i++) {
      labels[i] %= 10;
    }
    Sequential net = Mlp.of(50, 100 + 30 * user, 100, 10).build(key.split("net"));
    new Trainer(net, Loss.crossEntropy(), Adam.of(0.001))
        .fit(Dataset.of(x, labels, 10), Optional.empty(), 64, 20, key, Listener.NONE);
    return net.parameters().getFirst().value();
  }
}
