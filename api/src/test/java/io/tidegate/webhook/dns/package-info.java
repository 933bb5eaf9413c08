@NullMarked
package io.tidegate.webhook.dns;

import org.jspecify.annotations.NullMarked;
