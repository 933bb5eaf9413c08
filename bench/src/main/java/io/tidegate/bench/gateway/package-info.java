/**
 * The gateway under load: started as a child process or found running, set up through its control
 * plane, and watched through the kernel's own books, so that what is measured costs it nothing.
 */
@NullMarked
package io.tidegate.bench.gateway;

import org.jspecify.annotations.NullMarked;
