package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of a person's sessions, for them to look over. */
@MappedEntity("sessions")
public record OpenSession(
    @Id UUID id,
    String address,
    @Nullable String userAgent,
    Instant createdAt,
    Instant lastSeenAt) {}
