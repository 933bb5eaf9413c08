package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session beside what is known of its person. */
@MappedEntity("sessions")
record SessionRow(
    @Id UUID id,
    UUID accountId,
    @Nullable String email,
    String name,
    boolean isOperator,
    boolean hasPassword,
    boolean hasFactor,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt) {}
