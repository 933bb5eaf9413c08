/** End-to-end encryption of message data, as openapi/vectors/encryption.json shows it. */
@NullMarked
package io.tidegate.sdk.internal.crypto;

import org.jspecify.annotations.NullMarked;
