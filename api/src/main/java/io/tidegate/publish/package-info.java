/**
 * Publishing: what a publisher sends becomes drafts, and drafts become numbered messages in the
 * store their channel's rules name.
 */
@NullMarked
package io.tidegate.publish;

import org.jspecify.annotations.NullMarked;
