/**
 * What an installation was told: one immutable record read from the environment at start, secrets
 * included. Floor 0: imports nothing of the project.
 */
@NullMarked
package io.tidegate.settings;

import org.jspecify.annotations.NullMarked;
