package io.tidegate.roster;

import io.tidegate.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Moves over one Redis. */
class RedisMovesTest extends MovesContract {
  private static RedisProcess redis;

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Override
  String url() {
    return redis.url();
  }

  @Override
  RedisProcess server() {
    return redis;
  }
}
