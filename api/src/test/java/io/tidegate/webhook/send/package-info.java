@NullMarked
package io.tidegate.webhook.send;

import org.jspecify.annotations.NullMarked;
