/** The connections of an app over REST: who is connected, and disconnecting them. */
@NullMarked
package io.tidegate.connection;

import org.jspecify.annotations.NullMarked;
