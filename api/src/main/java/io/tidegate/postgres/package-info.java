/**
 * PostgreSQL as a part of the program: unpacks the bundled binaries, keeps one cluster under a data
 * folder, starts it with durable settings, restarts it when it dies, and stops what a killed
 * gateway left behind.
 */
@NullMarked
package io.tidegate.postgres;

import org.jspecify.annotations.NullMarked;
