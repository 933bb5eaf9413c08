# The gateway as an image. NOT RUN IN CI: no container engine there. Build it from a clean clone:
#   docker build -t tidegate .
# No secret is in it, and none may be given at build time: compose.yaml and docs/cluster.md say how they are.

FROM docker.io/library/node:22-slim AS console
WORKDIR /src
COPY console/package.json console/package-lock.json console/.npmrc console/
RUN npm ci --silent --no-audit --no-fund --prefix console
COPY sdk-js/src sdk-js/src
COPY openapi openapi
COPY docs/errors.md docs/
COPY console console
RUN npm run --silent --prefix console build

FROM docker.io/library/eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# First what changes rarely: the dependencies stay in a layer of their own.
COPY pom.xml ./
COPY api/pom.xml api/
COPY bench/pom.xml bench/
COPY faults/pom.xml faults/
COPY scenarios/pom.xml scenarios/
COPY sdk-java/pom.xml sdk-java/
COPY sdk-java-micronaut/pom.xml sdk-java-micronaut/
COPY sdk-java-spring-boot/pom.xml sdk-java-spring-boot/
RUN mvn -B -q -pl api dependency:go-offline
COPY . .
COPY --from=console /src/console/dist console/dist
RUN mvn -B -q -pl api package -Dmaven.test.skip=true

FROM docker.io/library/eclipse-temurin:25-jre
# Not root, and a number: Kubernetes' runAsNonRoot believes numbers only. It writes to /data and /tmp alone.
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin tidegate \
  && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /src/api/target/tidegate.jar /opt/tidegate/tidegate.jar
USER 10001:10001
WORKDIR /data
ENV TIDEGATE_HOST=0.0.0.0 TIDEGATE_PORT=8080 \
    TIDEGATE_MANAGEMENT_HOST=0.0.0.0 TIDEGATE_MANAGEMENT_PORT=8081 \
    TIDEGATE_DATA=/data TIDEGATE_LOG_FORMAT=json
# 8081 asks for no credential: publish 8080 alone.
EXPOSE 8080 8081
VOLUME /data
# SIGTERM drains, within 30 s: `docker stop --time 35`.
STOPSIGNAL SIGTERM
# Bash speaks HTTP well enough, and the image needs no curl.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${TIDEGATE_MANAGEMENT_PORT} && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=50", "-jar", "/opt/tidegate/tidegate.jar"]
