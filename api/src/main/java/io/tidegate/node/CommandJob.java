package io.tidegate.node;

import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.auth.Revocations;
import io.tidegate.breaker.Contact;
import io.tidegate.channel.AppId;
import io.tidegate.connection.Disconnects;
import io.tidegate.problem.RefusedException;
import io.tidegate.roster.RedisNotice;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.store.JdbcCommands;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this node carry out what any node was told: reads the commands every two seconds, and at once
 * when Redis tells of some that it has not read.
 */
@Singleton
class CommandJob {
  private static final int READ_MILLIS = 2_000;
  private static final int BEAT_MILLIS = 250;
  private static final int CLEAN_SECONDS = 60;
  private static final Logger LOG = LoggerFactory.getLogger(CommandJob.class);

  private final JdbcCommands commands;
  private final Revocations revocations;
  private final Disconnects disconnects;
  private final Optional<RedisNotice> notice;
  private final Contact contact;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;
  private final AtomicBoolean reading = new AtomicBoolean();

  /** Changes that Redis has still to be told of: of as many apps as change in one outage. */
  private final Map<AppId, Long> changes = new ConcurrentHashMap<>();

  /** What Redis has told last; 0 when nothing. */
  private volatile long noticed;

  /** What Redis tells is more than the database has: it was restored. */
  private volatile boolean back;

  CommandJob(
      JdbcCommands commands,
      Revocations revocations,
      Disconnects disconnects,
      Optional<RedisNotice> notice,
      Contact contact,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.commands = commands;
    this.revocations = revocations;
    this.disconnects = disconnects;
    this.notice = notice;
    this.contact = contact;
    this.timer = timer;
    this.blocking = blocking;
  }

  /** Before anybody is served: what this node knows from here on it is told the changes of. */
  void begin() {
    commands.listen(new TokensRevoked(revocations));
    commands.listen(disconnects);
    commands.onSeen(this::seen);
    commands.read();
    every(READ_MILLIS, this::read);
    every((int) TimeUnit.SECONDS.toMillis(CLEAN_SECONDS), this::clean);
    if (notice.isPresent()) {
      every(BEAT_MILLIS, () -> exchange(notice.get()));
    }
  }

  private void seen(Command command, long id) {
    if (notice.isEmpty()) {
      return;
    }
    AppId app = changed(command);
    if (app != null) {
      changes.merge(app, id, Math::max);
    }
    if (app != null || id > noticed) {
      exchange(notice.get(), Math.max(id, commands.last()));
    }
  }

  /** The app that is another one for whoever serves it; null when none is. */
  private static @Nullable AppId changed(Command command) {
    return switch (command) {
      case Command.AppChanged it -> it.app();
      case Command.RulesChanged it -> it.app();
      case Command.TokensRevoked it -> it.app();
      case Command.LimitsChanged it -> null;
      case Command.EndConnection it -> null;
      case Command.EndClient it -> null;
    };
  }

  private void exchange(RedisNotice with) {
    exchange(with, commands.last());
  }

  /** Never waits. */
  private void exchange(RedisNotice with, long known) {
    Map<AppId, Long> told = Map.copyOf(changes);
    boolean reset = back;
    with.exchange(known, told, reset)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                told.forEach(changes::remove);
                heard(answer, known);
              } else {
                LOG.debug("Redis does not tell of commands", failure);
              }
            });
    if (reset) {
      back = false;
    }
  }

  private void heard(RedisNotice.Notice answer, long known) {
    noticed = answer.head();
    contact.reached();
    if (answer.head() > known) {
      contact.unread(answer.unread());
      read();
    }
  }

  /** One at a time: who comes while another reads is too early to find more. */
  private void read() {
    if (reading.compareAndSet(false, true)) {
      try {
        blocking.execute(this::readNow);
      } catch (RejectedExecutionException e) {
        LOG.debug("the node goes down", e);
      }
    }
  }

  private void readNow() {
    try {
      long told = noticed;
      long head = commands.read();
      contact.read();
      back |= told > head;
    } catch (RefusedException away) {
      LOG.debug("commands are read later", away);
    } catch (RuntimeException e) {
      LOG.error("reading commands failed, it goes on", e);
    } finally {
      reading.set(false);
    }
  }

  private void clean() {
    try {
      blocking.execute(this::cleanNow);
    } catch (RejectedExecutionException e) {
      LOG.debug("the node goes down", e);
    }
  }

  private void cleanNow() {
    try {
      commands.clean();
    } catch (RefusedException away) {
      LOG.debug("commands are cleaned later", away);
    }
  }

  private void every(int millis, Runnable task) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("commands were not looked after, it goes on", e);
          }
        },
        millis,
        millis,
        TimeUnit.MILLISECONDS);
  }
}
