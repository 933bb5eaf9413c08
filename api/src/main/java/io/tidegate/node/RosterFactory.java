package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.presence.RedisPresence;
import io.tidegate.redis.RedisLink;
import io.tidegate.roster.Leases;
import io.tidegate.roster.Moves;
import io.tidegate.roster.Questions;
import io.tidegate.roster.RedisMoves;
import io.tidegate.roster.RedisNotice;
import io.tidegate.roster.RedisQuestions;
import io.tidegate.roster.RedisRoster;
import io.tidegate.roster.RedisRosterBeat;
import io.tidegate.roster.Roster;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What the nodes tell each other of their connections, put together for this node. */
@Factory
final class RosterFactory {
  @Singleton
  @Requires(condition = Alone.class)
  Roster alone() {
    return Roster.ALONE;
  }

  /** One lease is a node's life, in presence and here. */
  @Singleton
  @Requires(condition = Linked.class)
  Leases leases(RedisPresence presence) {
    return new Leases() {
      @Override
      public String own() {
        return presence.leaseName();
      }

      @Override
      public long term() {
        return presence.leaseTerm();
      }

      @Override
      public List<String> live() {
        return presence.liveLeases();
      }
    };
  }

  @Singleton
  @Requires(condition = Linked.class)
  @Bean(typed = RedisRoster.class)
  RedisRoster linked(RedisLink link, Leases leases) {
    return new RedisRoster(link, leases);
  }

  @Singleton
  @Requires(condition = Linked.class)
  Roster linked(RedisRoster roster) {
    return roster;
  }

  @Singleton
  @Requires(condition = Alone.class)
  Questions nobody() {
    return Questions.ALONE;
  }

  @Singleton
  @Requires(condition = Linked.class)
  Questions questions(
      RedisLink link,
      Leases leases,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    return new RedisQuestions(link, leases, timer, blocking);
  }

  @Singleton
  @Requires(condition = Alone.class)
  Moves none() {
    return Moves.NONE;
  }

  @Singleton
  @Requires(condition = Linked.class)
  Moves moves(
      RedisLink link,
      NodeName node,
      RedisRoster roster,
      @Named("node-timer") ScheduledExecutorService timer) {
    return new RedisMoves(link, node.value(), roster, timer);
  }

  @Singleton
  @Requires(condition = Linked.class)
  RedisNotice notice(RedisLink link) {
    return new RedisNotice(link);
  }

  @Singleton
  @Requires(condition = Linked.class)
  @Bean(preDestroy = "close")
  RedisRosterBeat beat(RedisLink link, Leases leases) {
    return new RedisRosterBeat(link, leases);
  }
}
