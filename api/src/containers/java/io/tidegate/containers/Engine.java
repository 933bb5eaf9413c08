package io.tidegate.containers;

import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The container engine: Docker, or Podman where {@code DOCKER_HOST} names its socket. Where none
 * answers the tests are skipped, loudly and counted.
 */
public final class Engine {
  private static final String PASSWORD = "containers";
  private static final int POSTGRES_PORT = 5432;
  private static final int REDIS_PORT = 6379;

  private Engine() {}

  /** A started Redis; the image is {@code TIDEGATE_TEST_REDIS_IMAGE}. */
  public static GenericContainer<?> redis() {
    require();
    GenericContainer<?> redis =
        new GenericContainer<>(image("TIDEGATE_TEST_REDIS_IMAGE", "docker.io/library/redis:8"))
            .withCommand("redis-server", "--save", "", "--protected-mode", "no")
            .withExposedPorts(REDIS_PORT)
            .waitingFor(Wait.forListeningPort());
    redis.start();
    return redis;
  }

  public static String redisUrl(GenericContainer<?> redis) {
    return "redis://" + redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT);
  }

  /** A started PostgreSQL; the image is {@code TIDEGATE_TEST_POSTGRES_IMAGE}. */
  public static GenericContainer<?> postgres() {
    require();
    GenericContainer<?> postgres =
        new GenericContainer<>(
                image("TIDEGATE_TEST_POSTGRES_IMAGE", "docker.io/library/postgres:18"))
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            .withExposedPorts(POSTGRES_PORT)
            // While it is being set up it does not listen there.
            .waitingFor(Wait.forListeningPort());
    postgres.start();
    return postgres;
  }

  public static String jdbcUrl(GenericContainer<?> postgres) {
    return "jdbc:postgresql://"
        + postgres.getHost()
        + ":"
        + postgres.getMappedPort(POSTGRES_PORT)
        + "/postgres";
  }

  public static String user() {
    return "postgres";
  }

  public static String password() {
    return PASSWORD;
  }

  private static void require() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String missing = "no container engine answers: DOCKER_HOST names its socket";
      System.err.println("SKIPPED: " + missing);
      throw new TestAbortedException(missing);
    }
  }

  private static DockerImageName image(String variable, String otherwise) {
    String name = System.getenv().getOrDefault(variable, otherwise);
    return DockerImageName.parse(name);
  }
}
