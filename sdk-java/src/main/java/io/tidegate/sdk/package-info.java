/**
 * What a backend and a Java client of Tidegate use. A {@link io.tidegate.sdk.Tidegate} is made once
 * and shared; every method is thread-safe. A method named {@code …Async} answers a future; its
 * blocking form waits without holding a lock, so virtual threads may call it. What fails throws
 * {@link io.tidegate.sdk.TidegateException}.
 */
@NullMarked
package io.tidegate.sdk;

import org.jspecify.annotations.NullMarked;
