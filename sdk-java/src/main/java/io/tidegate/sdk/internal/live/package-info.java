/**
 * The client half: one WebSocket that comes back, and what is carried over it. What decides is pure
 * and does no I/O ({@link io.tidegate.sdk.internal.live.ConnectionMachine}, {@link
 * io.tidegate.sdk.internal.live.Cursor}, {@link io.tidegate.sdk.internal.live.MemberSet}, {@link
 * io.tidegate.sdk.internal.live.Outbox}); {@link io.tidegate.sdk.internal.live.Live} carries it
 * out. One lock a client guards all of it; no code of the application is called under it.
 */
@NullMarked
package io.tidegate.sdk.internal.live;

import org.jspecify.annotations.NullMarked;
